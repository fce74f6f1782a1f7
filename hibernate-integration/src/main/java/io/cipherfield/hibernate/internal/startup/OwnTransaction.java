package io.cipherfield.hibernate.internal.startup;

import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.dialect.Dialect;

/** A look at the database in transactions of its own, each statement bounded in time; the connection is then as it was before. */
final class OwnTransaction {

    @FunctionalInterface
    interface Look<T> {
        /** Ends each transaction that it starts. */
        T take(TimeLimit limit) throws SQLException;
    }

    private OwnTransaction() {}

    static <T> T of(Connection connection, Dialect dialect, int secondsForEach, Look<T> look) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        TimeLimit limit = new TimeLimit(connection, dialect, secondsForEach);
        try {
            return look.take(limit);
        } finally {
            try {
                limit.restore();
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }
}
