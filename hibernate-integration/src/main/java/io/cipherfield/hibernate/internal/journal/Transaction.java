package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction of the journal's own. */
final class Transaction {

    private Transaction() {}

    interface Work<T> {
        T run() throws SQLException;
    }

    /** @param connection without an open transaction; it is left without one, in its own auto-commit mode */
    static <T> T in(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        if (autoCommit) {
            connection.setAutoCommit(false);
        }
        try {
            T result = work.run();
            connection.commit();
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            undo(connection, autoCommit, e);
            throw e;
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable reason) {
        try {
            connection.rollback();
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** A page that commits by itself would count what it may not have written. */
    static void require(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("The progress of a page belongs into the transaction of that page");
        }
    }
}
