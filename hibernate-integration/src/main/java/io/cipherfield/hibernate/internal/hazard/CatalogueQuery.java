package io.cipherfield.hibernate.internal.hazard;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A query of the catalogue. */
final class CatalogueQuery {

    private static final int SECONDS = 30;

    private CatalogueQuery() {}

    static void each(Connection connection, String sql, RowConsumer rows, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(SECONDS);
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof Array array) {
                    statement.setArray(i + 1, array);
                } else {
                    statement.setString(i + 1, (String) parameters[i]);
                }
            }
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.accept(found);
                }
            }
        }
    }

    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
