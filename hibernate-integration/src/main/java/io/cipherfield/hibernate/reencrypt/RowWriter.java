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

    /**
     * Of a table whose rows move, where nobody finds them by reading them again, it also tells each row whether it was
     * {@link Row#written written}.
     *
     * @return whether it is certain that every row was written
     */
    boolean write(JobConnection connection, List<Row> rows) throws SQLException;

    /** @param dense whether these are nearly all rows between the first and the last, in the order of the key */
    default boolean write(JobConnection connection, List<Row> rows, boolean dense) throws SQLException {
        return write(connection, rows);
    }

    /** The way in which it writes, for the report. */
    String name();

    /** What the operator could do to make it faster; null if nothing is known. */
    default @Nullable String advice() {
        return null;
    }

    static RowWriter of(JobConnection connection, DatabaseKind database, TableShape shape, List<String> setToThemselves)
            throws SQLException {
        return switch (database) {
            case POSTGRESQL ->
                shape.moves()
                        ? new BatchWriter(database, shape, NullSafe.POSTGRESQL, setToThemselves)
                        : new PostgresqlWriter(shape);
            // An array of large objects would be held in memory twice, and H2's text ends at a million characters.
            case H2 ->
                shape.largeObjects()
                        ? new BatchWriter(database, shape, NullSafe.DISTINCT_FROM, setToThemselves)
                        : new H2Writer(shape);
            case MARIADB -> MariadbWriter.of(connection, shape, setToThemselves);
            case OTHER -> new BatchWriter(database, shape, NullSafe.STANDARD, setToThemselves);
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
