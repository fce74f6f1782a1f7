package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.Counts;
import java.util.ArrayList;
import java.util.List;

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
        long rowCount = 0;
        long rewritten = 0;
        long fromPlaintext = 0;
        long fromLegacy = 0;
        long current = 0;
        long nulls = 0;
        long changedMeanwhile = 0;
        long failed = 0;
        for (Row row : rows) {
            long times = row.times();
            rowCount += times;
            for (int i = 0; i < columns; i++) {
                switch (row.decision(i).outcome()) {
                    case REWRITE, REBIND, CLEAR -> rewritten += times;
                    case REWRITE_PLAINTEXT -> fromPlaintext += times;
                    case REWRITE_LEGACY -> fromLegacy += times;
                    case CURRENT -> current += times;
                    case NULL -> nulls += times;
                    case CHANGED_MEANWHILE -> changedMeanwhile += times;
                    case FAILED -> failed += times;
                }
            }
        }
        return new Counts(
                rowCount,
                rowCount * columns,
                rewritten + fromPlaintext + fromLegacy,
                fromPlaintext,
                fromLegacy,
                current,
                nulls,
                changedMeanwhile,
                failed);
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
