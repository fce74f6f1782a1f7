package io.cipherfield.hibernate.reencrypt;

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
    private final long scanned;
    private final long rewritten;
    private final long fromPlaintext;
    private final long alreadyCurrent;
    private final long nulls;
    private final long changedMeanwhile;
    private final long failed;
    private final List<FailedValue> failures;
    private final Duration elapsed;

    Report(
            Mode mode,
            long scanned,
            long rewritten,
            long fromPlaintext,
            long alreadyCurrent,
            long nulls,
            long changedMeanwhile,
            long failed,
            List<FailedValue> failures,
            Duration elapsed) {
        if (scanned != rewritten + alreadyCurrent + nulls + changedMeanwhile + failed || fromPlaintext > rewritten) {
            throw new IllegalStateException("The counts do not add up: " + scanned + " scanned, " + rewritten
                    + " rewritten, " + fromPlaintext + " from plaintext, " + alreadyCurrent + " current, " + nulls
                    + " null, " + changedMeanwhile + " changed meanwhile, " + failed + " failed");
        }
        this.mode = mode;
        this.scanned = scanned;
        this.rewritten = rewritten;
        this.fromPlaintext = fromPlaintext;
        this.alreadyCurrent = alreadyCurrent;
        this.nulls = nulls;
        this.changedMeanwhile = changedMeanwhile;
        this.failed = failed;
        this.failures = List.copyOf(failures);
        this.elapsed = elapsed;
    }

    /**
     * In {@link Mode#VERIFY} and {@link Mode#DRY_RUN}, "rewritten" are the values that a run would rewrite; or, in VERIFY of an attribute that is written
     * in clear, that {@link Mode#DECRYPT_ALL} would decrypt.
     */
    public Mode mode() {
        return mode;
    }

    /** All values that were looked at, nulls included. */
    public long scanned() {
        return scanned;
    }

    /** Rewritten to the key that encrypts, including those from plaintext; in {@link Mode#DECRYPT_ALL}, decrypted. */
    public long rewritten() {
        return rewritten;
    }

    /** Of those rewritten, the ones that were not encrypted before. */
    public long fromPlaintext() {
        return fromPlaintext;
    }

    /** How many values were stored in clear; 0 but in {@link Mode#DECRYPT_ALL}. */
    public long decrypted() {
        return mode == Mode.DECRYPT_ALL ? rewritten : 0;
    }

    /** Found under the key and suite that encrypt, in the form of their column; or in clear, where that is how values are written. */
    public long alreadyCurrent() {
        return alreadyCurrent;
    }

    /** SQL's null, which is not encrypted. */
    public long nulls() {
        return nulls;
    }

    /** Made current or deleted by the application while the job was about to rewrite them. */
    public long changedMeanwhile() {
        return changedMeanwhile;
    }

    /** Left as they are. */
    public long failed() {
        return failed;
    }

    /** The first {@value #FAILURES_KEPT} of those that failed. */
    public List<FailedValue> failures() {
        return failures;
    }

    /** How long the job took. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Whether no value failed. */
    public boolean successful() {
        return failed == 0;
    }

    /** Lines for a terminal: the counts, then the values that failed. */
    public String toText() {
        TextTable counts = new TextTable("values", ">count");
        counts.row("scanned", scanned);
        if (mode == Mode.DECRYPT_ALL) {
            counts.row("decrypted", rewritten);
            counts.row("already in clear", alreadyCurrent);
        } else {
            counts.row(mode == Mode.RUN ? "rewritten" : "to rewrite", rewritten);
            counts.row("  of these, from plaintext", fromPlaintext);
            counts.row("already current", alreadyCurrent);
        }
        counts.row("null", nulls);
        counts.row("changed meanwhile", changedMeanwhile);
        counts.row("failed", failed);
        StringBuilder text = new StringBuilder(counts.toText());
        text.append("took ").append(Durations.text(elapsed)).append('\n');
        List<String> lines = new ArrayList<>();
        failures.stream().limit(FAILURES_PRINTED).forEach(failure -> lines.add("failed: " + failure));
        if (failed > lines.size()) {
            lines.add("and " + (failed - lines.size()) + " more failed");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return toText();
    }
}
