package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.KeyId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a job did, counted in values: a row with two encrypted columns counts twice. {@code scanned = rewritten + alreadyCurrent
 * + nulls + changedMeanwhile + failed}, or there is no report. Immutable.
 */
public final class Report {

    static final int FAILURES_KEPT = 10_000;
    private static final int FAILURES_PRINTED = 100;
    private static final long UNKNOWN = -1;

    private final Mode mode;
    private final long scanned;
    private final long rewritten;
    private final long fromPlaintext;
    private final long alreadyCurrent;
    private final long nulls;
    private final long changedMeanwhile;
    private final long failed;
    private final List<FailedValue> failures;
    private final End end;
    private final List<String> notes;
    private final Duration elapsed;
    private final @Nullable Census census;
    private final long remaining;

    /** Why a job ended. */
    public enum End {
        /** It went through all that it was to go through. */
        DONE,
        /** It was stopped; its next start goes on there. */
        STOPPED,
        /** One more value would have failed than were to fail at most. */
        TOO_MANY_FAILURES
    }

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
            End end,
            List<String> notes,
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
        this.end = end;
        this.notes = List.copyOf(notes);
        this.elapsed = elapsed;
        this.census = null;
        this.remaining = 0;
    }

    private Report(Report report, List<String> notes, @Nullable Census census, long remaining) {
        this.mode = report.mode;
        this.scanned = report.scanned;
        this.rewritten = report.rewritten;
        this.fromPlaintext = report.fromPlaintext;
        this.alreadyCurrent = report.alreadyCurrent;
        this.nulls = report.nulls;
        this.changedMeanwhile = report.changedMeanwhile;
        this.failed = report.failed;
        this.failures = report.failures;
        this.end = report.end;
        this.notes = List.copyOf(notes);
        this.elapsed = report.elapsed;
        this.census = census;
        this.remaining = remaining;
    }

    Report noting(List<String> furtherNotes) {
        return new Report(
                this, Stream.concat(notes.stream(), furtherNotes.stream()).toList(), census, remaining);
    }

    /** @param from the keys that were to be left, or none for all but the one that encrypts */
    Report with(Census newCensus, Set<KeyId> from) {
        long left = from.isEmpty()
                ? newCensus.outdated()
                : from.stream().mapToLong(newCensus::remaining).sum();
        return new Report(this, notes, newCensus, left);
    }

    Report withoutCensus(@Nullable String sqlState) {
        String note = "What remains could not be counted (SQLSTATE " + sqlState + "). Take a census.";
        return new Report(this, noting(List.of(note)).notes, null, UNKNOWN);
    }

    /** In {@link Mode#VERIFY} and {@link Mode#DRY_RUN}, "rewritten" are the values that a run would rewrite. */
    public Mode mode() {
        return mode;
    }

    /** All values that were looked at, nulls included. */
    public long scanned() {
        return scanned;
    }

    /** Rewritten to the key that encrypts, including those from plaintext. */
    public long rewritten() {
        return rewritten;
    }

    /** Of those rewritten, the ones that were not encrypted before. */
    public long fromPlaintext() {
        return fromPlaintext;
    }

    /** Found under the key and suite that encrypt, in the form of their column. */
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

    /** Why the job ended. */
    public End end() {
        return end;
    }

    /** What was not as asked for, for example fewer workers; for a person to read. */
    public List<String> notes() {
        return notes;
    }

    /** How long the job took. */
    public Duration elapsed() {
        return elapsed;
    }

    /** What a job that writes, and went through everything, counted at its end; null of any other. */
    public @Nullable Census census() {
        return census;
    }

    /**
     * How many values the census still found that the job was to rewrite: those that failed, and those that an instance wrote meanwhile
     * for which another key encrypts. -1 if they could not be counted; 0 without a census.
     */
    public long remaining() {
        return remaining;
    }

    /** Whether the job went through everything, no value failed, none remains, and row-level security hid no row from it. */
    public boolean successful() {
        return end == End.DONE && failed == 0 && remaining == 0 && (census == null || !census.rowsHidden());
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
        switch (end) {
            case DONE -> {}
            case STOPPED -> text.append("stopped before all was done; the next start goes on there\n");
            case TOO_MANY_FAILURES -> text.append("ended before all was done, since more values fail than may\n");
        }
        notes.forEach(note -> text.append(note).append('\n'));
        failures.stream().limit(FAILURES_PRINTED).forEach(failure -> lines.add("failed: " + failure));
        if (failed > lines.size()) {
            lines.add("and " + (failed - lines.size()) + " more failed");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        if (census != null) {
            text.append(census.keysText());
        }
        if (remaining > 0) {
            text.append(remaining)
                    .append(remaining == 1 ? " value is" : " values are")
                    .append(" left that the job was to rewrite. Those that did not fail were written meanwhile:"
                            + " look for an instance for which another key encrypts, and run the job again.\n");
        }
        return text.toString();
    }

    /** The same for programs: the counts, {@code failures}, {@code notes} and, of a job that has one, the {@code census}. */
    public String toJson() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("mode", mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.put("end", end.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.put("successful", successful());
        report.put("scanned", scanned);
        report.put("rewritten", rewritten);
        report.put("fromPlaintext", fromPlaintext);
        report.put("alreadyCurrent", alreadyCurrent);
        report.put("nulls", nulls);
        report.put("changedMeanwhile", changedMeanwhile);
        report.put("failed", failed);
        report.put("elapsedInMillis", elapsed.toMillis());
        report.put("notes", notes);
        report.put("failures", failures.stream().map(FailedValue::toMap).toList());
        if (census != null) {
            report.put("remaining", remaining);
            report.put("census", census.toMap());
        }
        return Json.of(report);
    }

    @Override
    public String toString() {
        return toText();
    }
}
