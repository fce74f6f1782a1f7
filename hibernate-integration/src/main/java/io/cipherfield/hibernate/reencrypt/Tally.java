package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts values as pages are done. Thread-safe. */
final class Tally {

    private final Mode mode;
    private final long startedAt = System.nanoTime();
    private final Map<Decision.Outcome, Long> counts = new EnumMap<>(Decision.Outcome.class);
    private final List<FailedValue> failures = new ArrayList<>();
    private long scanned;

    Tally(Mode mode) {
        this.mode = mode;
    }

    /** @param columns how many values each row has */
    synchronized void add(List<Row> rows, int columns) {
        scanned += (long) rows.size() * columns;
        for (Row row : rows) {
            for (int i = 0; i < columns; i++) {
                add(row.decision(i));
            }
        }
    }

    private void add(Decision decision) {
        counts.merge(decision.outcome(), 1L, Long::sum);
        if (decision.failure() != null && failures.size() < Report.FAILURES_KEPT) {
            failures.add(decision.failure());
        }
    }

    synchronized Report report(Report.End end, List<String> notes) {
        return new Report(
                mode,
                scanned,
                count(Decision.Outcome.REWRITE) + count(Decision.Outcome.REWRITE_PLAINTEXT),
                count(Decision.Outcome.REWRITE_PLAINTEXT),
                count(Decision.Outcome.CURRENT),
                count(Decision.Outcome.NULL),
                count(Decision.Outcome.CHANGED_MEANWHILE),
                count(Decision.Outcome.FAILED),
                failures,
                end,
                notes,
                Duration.ofNanos(System.nanoTime() - startedAt));
    }

    private long count(Decision.Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }
}
