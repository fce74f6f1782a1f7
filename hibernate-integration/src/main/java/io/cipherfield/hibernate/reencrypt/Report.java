package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job did, counted in values: a row with two encrypted columns counts twice. {@code scanned = rewritten + alreadyCurrent
 * + nulls + changedMeanwhile + failed}, or there is no report. Immutable.
 */
public final class Report {

    static final int FAILURES_KEPT = 10_000;
    private static final int FAILURES_PRINTED = 100;

    private final Mode mode;
    private final Counts counts;
    private final List<FailedValue> failures;
    private final End end;
    private final long attempts;
    private final List<String> notes;
    private final Duration elapsed;

    /** Why a job ended. */
    public enum End {
        /** It went through all that it was to go through. */
        DONE,
        /** It was stopped; its next start goes on there. */
        STOPPED,
        /** One more value would have failed than were to fail at most. */
        TOO_MANY_FAILURES
    }

    /** @param counts of all attempts, as are the failures */
    Report(
            Mode mode,
            Counts counts,
            List<FailedValue> failures,
            End end,
            long attempts,
            List<String> notes,
            Duration elapsed) {
        long settled = counts.rewritten()
                + counts.alreadyCurrent()
                + counts.nulls()
                + counts.changedMeanwhile()
                + counts.failed();
        if (counts.scanned() != settled || counts.fromPlaintext() > counts.rewritten()) {
            throw new IllegalStateException("The counts do not add up: " + counts);
        }
        this.mode = mode;
        this.counts = counts;
        this.attempts = attempts;
        this.failures = List.copyOf(failures);
        this.end = end;
        this.notes = List.copyOf(notes);
        this.elapsed = elapsed;
    }

    /**
     * In {@link Mode#VERIFY} and {@link Mode#DRY_RUN}, "rewritten" are the values that a run would rewrite; or, in VERIFY of an attribute that is written
     * in clear, that {@link Mode#DECRYPT_ALL} would decrypt.
     */
    public Mode mode() {
        return mode;
    }

    Counts counts() {
        return counts;
    }

    /** All values that were looked at, nulls included. */
    public long scanned() {
        return counts.scanned();
    }

    /** Rewritten to the key that encrypts, including those from plaintext; in {@link Mode#DECRYPT_ALL}, decrypted. */
    public long rewritten() {
        return counts.rewritten();
    }

    /** Of those rewritten, the ones that were not encrypted before. */
    public long fromPlaintext() {
        return counts.fromPlaintext();
    }

    /** How many values were stored in clear; 0 but in {@link Mode#DECRYPT_ALL}. */
    public long decrypted() {
        return mode == Mode.DECRYPT_ALL ? counts.rewritten() : 0;
    }

    /** Found under the key and suite that encrypt, in the form of their column; or in clear, where that is how values are written. */
    public long alreadyCurrent() {
        return counts.alreadyCurrent();
    }

    /** SQL's null, which is not encrypted. */
    public long nulls() {
        return counts.nulls();
    }

    /** Made current or deleted by the application while the job was about to rewrite them. */
    public long changedMeanwhile() {
        return counts.changedMeanwhile();
    }

    /** Left as they are. */
    public long failed() {
        return counts.failed();
    }

    /** The first {@value #FAILURES_KEPT} of those that failed. */
    public List<FailedValue> failures() {
        return failures;
    }

    /** Why the job ended. */
    public End end() {
        return end;
    }

    /** How many starts the counts are of: 1, or more if a run went on where others had ended. */
    public long attempts() {
        return attempts;
    }

    /** What was not as asked for, for example fewer workers; for a person to read. */
    public List<String> notes() {
        return notes;
    }

    /** How long this attempt took. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Whether the job went through everything and no value failed. */
    public boolean successful() {
        return end == End.DONE && counts.failed() == 0;
    }

    /** Lines for a terminal: the counts, then the values that failed. */
    public String toText() {
        TextTable table = new TextTable("values", ">count");
        table.row("scanned", counts.scanned());
        if (mode == Mode.DECRYPT_ALL) {
            table.row("decrypted", counts.rewritten());
            table.row("already in clear", counts.alreadyCurrent());
        } else {
            table.row(mode == Mode.RUN ? "rewritten" : "to rewrite", counts.rewritten());
            table.row("  of these, from plaintext", counts.fromPlaintext());
            table.row("already current", counts.alreadyCurrent());
        }
        table.row("null", counts.nulls());
        table.row("changed meanwhile", counts.changedMeanwhile());
        table.row("failed", counts.failed());
        StringBuilder text = new StringBuilder(table.toText());
        text.append("took ").append(Durations.text(elapsed));
        text.append(attempts == 1 ? "\n" : "; the counts are of all " + attempts + " attempts\n");
        List<String> lines = new ArrayList<>();
        switch (end) {
            case DONE -> {}
            case STOPPED -> text.append("stopped before all was done; the next start goes on there\n");
            case TOO_MANY_FAILURES -> text.append("ended before all was done, since more values fail than may\n");
        }
        notes.forEach(note -> text.append(note).append('\n'));
        failures.stream().limit(FAILURES_PRINTED).forEach(failure -> lines.add("failed: " + failure));
        if (counts.failed() > lines.size()) {
            lines.add("and " + (counts.failed() - lines.size()) + " more failed");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return toText();
    }
}
