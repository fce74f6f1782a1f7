package io.cipherfield.hibernate.internal.journal;

/** What became of rows and of their values; all but {@code rows} count values. Those from plaintext and from legacy formats are among the rewritten ones. */
public record Counts(
        long rows,
        long scanned,
        long rewritten,
        long fromPlaintext,
        long fromLegacy,
        long alreadyCurrent,
        long nulls,
        long changedMeanwhile,
        long failed) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                rows + other.rows,
                scanned + other.scanned,
                rewritten + other.rewritten,
                fromPlaintext + other.fromPlaintext,
                fromLegacy + other.fromLegacy,
                alreadyCurrent + other.alreadyCurrent,
                nulls + other.nulls,
                changedMeanwhile + other.changedMeanwhile,
                failed + other.failed);
    }
}
