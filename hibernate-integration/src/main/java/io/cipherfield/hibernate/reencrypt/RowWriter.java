package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows by compare-and-set: a row is touched only if each of its encrypted columns still holds what was read, null
 * included. All of a row's columns go in one statement. Ciphertext is random, so that an equal value is the same value.
 */
interface RowWriter {

    /** For jobs that only look. */
    RowWriter NONE = new RowWriter() {
        @Override
        public boolean write(JobConnection connection, List<Row> rows) {
            return true;
        }

        @Override
        public String name() {
            return "nothing is written";
        }
    };

    /** @return whether it is certain that every row was written; otherwise the caller reads them again */
    boolean write(JobConnection connection, List<Row> rows) throws SQLException;

    /** The way in which it writes, for the report. */
    String name();

    /** What the operator could do to make it faster; null if nothing is known. */
    default @Nullable String advice() {
        return null;
    }

    static RowWriter of(JobConnection connection, DatabaseKind database, TableShape shape, List<String> setToThemselves)
            throws SQLException {
        return switch (database) {
            case POSTGRESQL -> new PostgresqlWriter(shape);
            // An array of large objects would be held in memory twice, and H2's text ends at a million characters.
            case H2 ->
                shape.largeObjects()
                        ? new BatchWriter(shape, NullSafe.DISTINCT_FROM, setToThemselves)
                        : new H2Writer(shape);
            case MARIADB -> MariadbWriter.of(connection, shape, setToThemselves);
            case OTHER -> new BatchWriter(shape, NullSafe.STANDARD, setToThemselves);
        };
    }

    static void bind(PreparedStatement statement, int index, @Nullable Object value, Storage storage)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, storage == Storage.TEXT ? Types.VARCHAR : Types.VARBINARY);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setString(index, (String) value);
        }
    }
}
