package io.cipherfield.hibernate.internal.catalogue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/** One column's whole values, of the rows that a {@link HeaderSample} is of. */
public final class EndValues {

    private static final int FETCH_SIZE = 20;

    private EndValues() {}

    /** As often as the sample counts them. The caller ends the transaction. */
    public static void read(
            Connection connection,
            DatabaseKind database,
            EncryptedColumn column,
            int rowsOfEachEnd,
            int seconds,
            Consumer<Object> values)
            throws SQLException {
        for (String end : TableEnds.selects(database, column.table(), column.name(), rowsOfEachEnd)) {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(seconds);
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery(end)) {
                    while (rows.next()) {
                        Object stored = column.read(rows, 1);
                        if (stored != null) {
                            values.accept(stored);
                        }
                    }
                }
            }
        }
    }
}
