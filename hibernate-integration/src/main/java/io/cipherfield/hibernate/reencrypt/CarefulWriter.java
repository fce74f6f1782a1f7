package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * Writes rows of which the database refuses some: another row already holds the new value of a unique column, since the same
 * plaintext stood there under two keys; or, in clear, a check or a type does not take it. Halves that fail are halved again, so that all
 * others are written.
 */
final class CarefulWriter {

    private final RowWriter writer;
    private final TableShape shape;
    private final Decider decider;

    CarefulWriter(RowWriter writer, TableShape shape, Decider decider) {
        this.writer = writer;
        this.shape = shape;
        this.decider = decider;
    }

    /** @return whether it is certain that every row was written, or failed and was decided so */
    boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        return write(connection, rows, false);
    }

    /** @param dense see {@link RowWriter} */
    boolean write(JobConnection connection, List<Row> rows, boolean dense) throws SQLException {
        if (writer == RowWriter.NONE) {
            return true;
        }
        Savepoint before = connection.get().setSavepoint();
        try {
            boolean certain = writer.write(connection, rows, dense);
            connection.release(before);
            return certain;
        } catch (SQLException e) {
            String state = TransientFailure.is(e) ? null : decider.refusal(e);
            if (state == null) {
                throw e;
            }
            connection.get().rollback(before);
            if (rows.size() == 1) {
                decider.refused(shape, rows.get(0), state);
                return true;
            }
            int half = rows.size() / 2;
            boolean first = write(connection, rows.subList(0, half), dense);
            return write(connection, rows.subList(half, rows.size()), dense) && first;
        }
    }
}
