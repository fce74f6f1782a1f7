package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of a copy. The target is written if it still is what was read. The source may be of any type, and is compared here and not by the
 * database: once the row is written nobody else can change it before the commit, so that it is read again then; if the source is another one by now, the
 * page is rolled back and done again.
 */
final class CopiedRows {

    private static final int ATTEMPTS = 10;

    private final KeyReader reader;
    private final CarefulWriter writer;
    private final CopyDecider decider;
    private final boolean writes;

    CopiedRows(KeyReader reader, CarefulWriter writer, CopyDecider decider, boolean writes) {
        this.reader = reader;
        this.writer = writer;
        this.decider = decider;
        this.writes = writes;
    }

    PageJob.Done run(JobConnection connection, KeyRange range, Position at, int rows) throws SQLException {
        Page page = reader.next(connection, range, at.after(), rows);
        page.rows().forEach(decider::decide);
        if (writes) {
            write(connection, range, at, page.rows());
        }
        KeyValue last = page.last();
        return new PageJob.Done(page.rows(), last == null ? null : at.behind(last, false, last));
    }

    private void write(JobConnection connection, KeyRange range, Position at, List<Row> rows) throws SQLException {
        List<Row> pending = rows.stream().filter(Row::needsRewriting).toList();
        for (int attempt = 1; !pending.isEmpty(); attempt++) {
            writer.write(connection, pending);
            KeyValue last = rows.get(rows.size() - 1).key();
            Map<KeyValue, Row> now = reader.again(connection, range, at.after(), last);
            List<Row> missed = new ArrayList<>();
            for (Row row : pending) {
                if (row.needsRewriting() && stillNeedsWriting(row, now.get(row.key()))) {
                    missed.add(row);
                }
            }
            pending = missed;
            if (attempt == ATTEMPTS) {
                pending.forEach(row -> row.decide(0, decider.contended(row, ATTEMPTS)));
                return;
            }
        }
    }

    private boolean stillNeedsWriting(Row row, @Nullable Row now) throws SQLException {
        if (now == null) {
            row.changedMeanwhile();
            return false;
        }
        if (row.isWritten(now)) {
            if (!decider.sameSource(row, now)) {
                throw new SQLException(
                        "The application changed a value while it was copied", TransientFailure.SERIALIZATION);
            }
            return false;
        }
        Decision again = decider.decision(now);
        boolean settled = again.outcome() == Decision.Outcome.CURRENT || again.outcome() == Decision.Outcome.NULL;
        row.decide(0, settled ? Decision.CHANGED_MEANWHILE : again);
        row.replaceStored(now);
        return row.needsRewriting();
    }
}
