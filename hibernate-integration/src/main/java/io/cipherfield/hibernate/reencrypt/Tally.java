package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.Counts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts values as pages are done. Thread-safe. */
final class Tally {

    private final List<FailedValue> failures = new ArrayList<>();
    private final FormerValues formerValues = new FormerValues();
    private Counts counts = Counts.NONE;

    synchronized void add(TableShape shape, List<Row> rows) {
        counts = counts.plus(counts(rows, shape.columns().size()));
        formerValues.add(shape, rows);
        Row.failed(rows).stream().limit(Report.FAILURES_KEPT - failures.size()).forEach(failures::add);
    }

    /** @param columns how many values each row has */
    static Counts counts(List<Row> rows, int columns) {
        Map<Decision.Outcome, Long> outcomes = new EnumMap<>(Decision.Outcome.class);
        long rowCount = 0;
        for (Row row : rows) {
            rowCount += row.times();
            for (int i = 0; i < columns; i++) {
                outcomes.merge(row.decision(i).outcome(), row.times(), Long::sum);
            }
        }
        long fromPlaintext = outcomes.getOrDefault(Decision.Outcome.REWRITE_PLAINTEXT, 0L);
        long fromLegacy = outcomes.getOrDefault(Decision.Outcome.REWRITE_LEGACY, 0L);
        return new Counts(
                rowCount,
                rowCount * columns,
                outcomes.getOrDefault(Decision.Outcome.REWRITE, 0L)
                        + outcomes.getOrDefault(Decision.Outcome.REBIND, 0L)
                        + outcomes.getOrDefault(Decision.Outcome.CLEAR, 0L)
                        + fromPlaintext
                        + fromLegacy,
                fromPlaintext,
                fromLegacy,
                outcomes.getOrDefault(Decision.Outcome.CURRENT, 0L),
                outcomes.getOrDefault(Decision.Outcome.NULL, 0L),
                outcomes.getOrDefault(Decision.Outcome.CHANGED_MEANWHILE, 0L),
                outcomes.getOrDefault(Decision.Outcome.FAILED, 0L));
    }

    FormerValues formerValues() {
        return formerValues;
    }

    synchronized Counts counts() {
        return counts;
    }

    synchronized List<FailedValue> failures() {
        return List.copyOf(failures);
    }
}
