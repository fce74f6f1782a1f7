package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts values as pages are done. */
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
    void add(List<Row> rows, int columns) {
        for (Row row : rows) {
            scanned += row.times() * columns;
            for (int i = 0; i < columns; i++) {
                add(row.decision(i), row.times());
            }
        }
    }

    private void add(Decision decision, long times) {
        counts.merge(decision.outcome(), times, Long::sum);
        if (decision.failure() != null && failures.size() < Report.FAILURES_KEPT) {
            failures.add(decision.failure());
        }
    }

    Report report() {
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
                Duration.ofNanos(System.nanoTime() - startedAt));
    }

    private long count(Decision.Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }
}
