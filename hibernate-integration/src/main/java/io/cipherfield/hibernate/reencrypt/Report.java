package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job did, counted in values: a row with two encrypted columns counts twice. {@code scanned = rewritten + alreadyCurrent
 * + nulls + changedMeanwhile + failed}, or there is no report.
 *
 * @param mode in {@link Mode#VERIFY} and {@link Mode#DRY_RUN}, "rewritten" are the values that a run would rewrite
 * @param rewritten to the key that encrypts, including those from plaintext
 * @param fromPlaintext of those rewritten, the ones that were not encrypted before
 * @param alreadyCurrent found under the key and suite that encrypt
 * @param changedMeanwhile made current or deleted by the application while the job was about to rewrite them
 * @param failed left as they are
 * @param failures the first {@value #FAILURES_KEPT} of those that failed
 */
public record Report(
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

    static final int FAILURES_KEPT = 10_000;
    private static final int FAILURES_PRINTED = 100;

    public Report {
        failures = List.copyOf(failures);
        if (scanned != rewritten + alreadyCurrent + nulls + changedMeanwhile + failed || fromPlaintext > rewritten) {
            throw new IllegalStateException("The counts do not add up: " + scanned + " scanned, " + rewritten
                    + " rewritten, " + fromPlaintext + " from plaintext, " + alreadyCurrent + " current, " + nulls
                    + " null, " + changedMeanwhile + " changed meanwhile, " + failed + " failed");
        }
    }

    /** Whether no value failed. */
    public boolean successful() {
        return failed == 0;
    }

    /** Lines for a terminal: the counts, then the values that failed. */
    public String toText() {
        TextTable counts = new TextTable("values", ">count");
        counts.row("scanned", scanned);
        counts.row(mode == Mode.RUN ? "rewritten" : "to rewrite", rewritten);
        counts.row("  of these, from plaintext", fromPlaintext);
        counts.row("already current", alreadyCurrent);
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
}
