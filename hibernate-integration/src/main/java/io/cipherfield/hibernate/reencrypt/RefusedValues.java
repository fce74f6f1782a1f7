package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a page at once, and row by row if the database refuses one of its values: a unique constraint may hold two values for equal in clear that it told
 * apart as ciphertexts, and a check may be of the plain values. Such a row stays as it is and fails; the others are written.
 */
final class RefusedValues implements RowWriter {

    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";

    private final TableShape shape;
    private final RowWriter writer;
    private final Decider decider;

    static RowWriter around(
            JobConnection connection,
            DatabaseKind database,
            TableShape shape,
            List<String> setToThemselves,
            Decider decider)
            throws SQLException {
        // Loaded rows are those of ciphertext, and a row that is refused could not be told from the others.
        RowWriter writer = database == DatabaseKind.MARIADB
                ? new BatchWriter(database, shape, NullSafe.MARIADB, setToThemselves)
                : RowWriter.of(connection, database, shape, setToThemselves);
        return new RefusedValues(shape, writer, decider);
    }

    private RefusedValues(TableShape shape, RowWriter writer, Decider decider) {
        this.shape = shape;
        this.writer = writer;
        this.decider = decider;
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        Outcome together = attempt(connection, rows);
        if (together.refusal() == null) {
            return together.certain();
        }
        for (Row row : rows) {
            Outcome alone = attempt(connection, List.of(row));
            if (alone.refusal() != null) {
                fail(row, alone.refusal());
            }
        }
        return false;
    }

    @Override
    public String name() {
        return writer.name();
    }

    @Override
    public @Nullable String advice() {
        return writer.advice();
    }

    /** @param refusal the database's state, or null if it took the values */
    private record Outcome(boolean certain, @Nullable String refusal) {}

    private Outcome attempt(JobConnection connection, List<Row> rows) throws SQLException {
        Savepoint before = connection.get().setSavepoint();
        try {
            boolean certain = writer.write(connection, rows);
            connection.release(before);
            return new Outcome(certain, null);
        } catch (SQLException e) {
            String state = TransientFailure.is(e) ? null : refusal(e);
            if (state == null) {
                throw e;
            }
            connection.get().rollback(before);
            return new Outcome(false, state);
        }
    }

    private static @Nullable String refusal(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && (e.getSQLState().startsWith(DATA_EXCEPTION)
                            || e.getSQLState().startsWith(CONSTRAINT_VIOLATION))) {
                return e.getSQLState();
            }
        }
        return null;
    }

    private void fail(Row row, String state) {
        for (int i = 0; i < shape.columns().size(); i++) {
            if (row.decision(i).outcome().rewrites()) {
                row.decide(
                        i,
                        decider.failed(
                                shape,
                                shape.columns().get(i),
                                row,
                                null,
                                "The database refused the row's values in clear (SQLSTATE " + state
                                        + "): a unique constraint, a check or the column's type does not take them."));
            }
        }
    }
}
