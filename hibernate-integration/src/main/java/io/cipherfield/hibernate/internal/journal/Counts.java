package io.cipherfield.hibernate.internal.journal;

/** What became of rows and of their values; all but {@code rows} count values. */
public record Counts(
        long rows,
        long scanned,
        long rewritten,
        long fromPlaintext,
        long alreadyCurrent,
        long nulls,
        long changedMeanwhile,
        long failed) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                rows + other.rows,
                scanned + other.scanned,
                rewritten + other.rewritten,
                fromPlaintext + other.fromPlaintext,
                alreadyCurrent + other.alreadyCurrent,
                nulls + other.nulls,
                changedMeanwhile + other.changedMeanwhile,
                failed + other.failed);
    }
}
