package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.KeyId;
import io.cipherfield.hibernate.internal.journal.Counts;
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
    private static final String FROM_LEGACY = "  of these, from legacy formats";

    private final Mode mode;
    private final Counts counts;
    private final List<FailedValue> failures;
    private final End end;
    private final long attempts;
    private final List<String> notes;
    private final Duration elapsed;
    private final List<String> strategies;
    private final @Nullable Census census;
    private final long remaining;
    private final boolean rowsHidden;

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
        if (counts.scanned() != settled || counts.fromPlaintext() + counts.fromLegacy() > counts.rewritten()) {
            throw new IllegalStateException("The counts do not add up: " + counts);
        }
        this.mode = mode;
        this.counts = counts;
        this.attempts = attempts;
        this.failures = List.copyOf(failures);
        this.end = end;
        this.notes = List.copyOf(notes);
        this.elapsed = elapsed;
        this.strategies = List.of();
        this.census = null;
        this.remaining = 0;
        this.rowsHidden = false;
    }

    private Report(
            Report report,
            List<String> notes,
            List<String> strategies,
            @Nullable Census census,
            long remaining,
            boolean rowsHidden) {
        this.mode = report.mode;
        this.counts = report.counts;
        this.attempts = report.attempts;
        this.failures = report.failures;
        this.end = report.end;
        this.notes = List.copyOf(notes);
        this.elapsed = report.elapsed;
        this.strategies = List.copyOf(strategies);
        this.census = census;
        this.remaining = remaining;
        this.rowsHidden = rowsHidden;
    }

    /** Of a job that was stopped before it wrote anything. */
    static Report stoppedBefore(Mode mode) {
        return new Report(mode, Counts.NONE, List.of(), End.STOPPED, 1, List.of(), Duration.ZERO);
    }

    Report noting(List<String> furtherNotes) {
        List<String> all = Stream.concat(notes.stream(), furtherNotes.stream()).toList();
        return new Report(this, all, strategies, census, remaining, rowsHidden);
    }

    /** @param newStrategies one line for each way of writing: which it was, for which tables, and what would be faster */
    Report writtenBy(List<String> newStrategies) {
        return new Report(this, notes, newStrategies, census, remaining, rowsHidden);
    }

    /** What the censuses of several jobs found, which has no census of its own. */
    Report remaining(List<Report> ofSeveral) {
        boolean unknown = ofSeveral.stream().anyMatch(report -> report.remaining == UNKNOWN);
        long sum = ofSeveral.stream().mapToLong(Report::remaining).sum();
        boolean hidden = ofSeveral.stream().anyMatch(report -> report.rowsHidden);
        return new Report(this, notes, strategies, null, unknown ? UNKNOWN : sum, hidden);
    }

    /** @param from the keys that were to be left, or none for all but the one that encrypts; to decrypt, for all */
    Report with(Census newCensus, Set<KeyId> from) {
        long left;
        if (!from.isEmpty()) {
            left = from.stream().mapToLong(newCensus::remaining).sum();
        } else {
            left = mode == Mode.DECRYPT_ALL ? newCensus.ciphertexts() + newCensus.legacy() : newCensus.outdated();
        }
        return new Report(this, notes, strategies, newCensus, left, newCensus.rowsHidden());
    }

    /** Of a copy. */
    Report with(CopyRemainder remainder, Copy copy) {
        List<String> all = noting(remainder.notes(copy)).notes;
        return new Report(this, all, strategies, null, mode == Mode.COPY ? remainder.toCopy() : 0, false);
    }

    Report withoutCensus(@Nullable String sqlState) {
        String note = "What remains could not be counted (SQLSTATE " + sqlState + "). Take a census.";
        return new Report(this, noting(List.of(note)).notes, strategies, null, UNKNOWN, false);
    }

    /**
     * In {@link Mode#VERIFY} and {@link Mode#DRY_RUN}, "rewritten" are the values that a run would rewrite; or, in VERIFY of an attribute that is written
     * in clear, that {@link Mode#DECRYPT_ALL} would decrypt; or that {@link Mode#REBIND} would bind to the present context.
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

    /** Rewritten to the key that encrypts, including those from plaintext and from legacy formats; in {@link Mode#DECRYPT_ALL}, decrypted; in {@link Mode#REBIND}, bound to the present context; in {@link Mode#COPY}, copied. */
    public long rewritten() {
        return counts.rewritten();
    }

    /** Of those rewritten, the ones that were not encrypted before. */
    public long fromPlaintext() {
        return counts.fromPlaintext();
    }

    /** Of those rewritten, the ones that another system had encrypted: a {@link io.cipherfield.legacy.LegacyReader} read them. */
    public long fromLegacy() {
        return counts.fromLegacy();
    }

    /** How many values were stored in clear; 0 but in {@link Mode#DECRYPT_ALL}. */
    public long decrypted() {
        return mode == Mode.DECRYPT_ALL ? counts.rewritten() : 0;
    }

    /** Found under the key and suite that encrypt, in the form of their column; or in clear, where that is how values are written; in {@link Mode#REBIND}, in no former context; in {@link Mode#COPY}, the same as the plain attribute. */
    public long alreadyCurrent() {
        return counts.alreadyCurrent();
    }

    /** SQL's null, which is not encrypted; in {@link Mode#COPY}, of the plain attribute. */
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

    /** How tables were written, and what would be faster; empty if none was. */
    public List<String> strategies() {
        return strategies;
    }

    /** How long this attempt took. */
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
        return end == End.DONE && counts.failed() == 0 && remaining == 0 && !rowsHidden;
    }

    /** Lines for a terminal: the counts, then the values that failed. */
    public String toText() {
        TextTable table = new TextTable("values", ">count");
        table.row("scanned", counts.scanned());
        if (mode == Mode.DECRYPT_ALL) {
            table.row("decrypted", counts.rewritten());
            if (counts.fromLegacy() > 0) {
                table.row(FROM_LEGACY, counts.fromLegacy());
            }
            table.row("already in clear", counts.alreadyCurrent());
        } else if (mode.copies()) {
            table.row(mode == Mode.COPY ? "copied" : "to copy", counts.rewritten());
            table.row("already the same", counts.alreadyCurrent());
        } else if (mode.rebinds()) {
            table.row(mode == Mode.REBIND ? "moved to the present context" : "to move", counts.rewritten());
            table.row("in no former context", counts.alreadyCurrent());
        } else {
            table.row(mode == Mode.RUN ? "rewritten" : "to rewrite", counts.rewritten());
            table.row("  of these, from plaintext", counts.fromPlaintext());
            if (counts.fromLegacy() > 0) {
                table.row(FROM_LEGACY, counts.fromLegacy());
            }
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
        strategies.forEach(strategy -> text.append(strategy).append('\n'));
        notes.forEach(note -> text.append(note).append('\n'));
        failures.stream().limit(FAILURES_PRINTED).forEach(failure -> lines.add("failed: " + failure));
        if (counts.failed() > lines.size()) {
            lines.add("and " + (counts.failed() - lines.size()) + " more failed");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        if (census != null) {
            text.append(census.keysText());
        }
        if (remaining > 0 && mode.copies()) {
            text.append(remaining)
                    .append(remaining == 1 ? " value is" : " values are")
                    .append(
                            " left to copy. Those that did not fail were written meanwhile, by a version of the application that knows"
                                    + " only the plain attribute: run the job again when it is gone.\n");
        } else if (remaining > 0) {
            text.append(remaining)
                    .append(remaining == 1 ? " value is" : " values are")
                    .append(
                            " left that the job was to rewrite. Those that did not fail were written meanwhile:"
                                    + " look for an instance for which another key encrypts, or that does not encrypt yet, and run the job again.\n");
        }
        return text.toString();
    }

    /** The same for programs: the counts, {@code failures}, {@code notes} and, of a job that has one, the {@code census}. */
    public String toJson() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("mode", mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.put("end", end.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.put("successful", successful());
        report.put("scanned", counts.scanned());
        report.put("rewritten", counts.rewritten());
        report.put("fromPlaintext", counts.fromPlaintext());
        report.put("fromLegacy", counts.fromLegacy());
        report.put("alreadyCurrent", counts.alreadyCurrent());
        report.put("nulls", counts.nulls());
        report.put("changedMeanwhile", counts.changedMeanwhile());
        report.put("failed", counts.failed());
        report.put("attempts", attempts);
        report.put("elapsedInMillis", elapsed.toMillis());
        report.put("strategies", strategies);
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
