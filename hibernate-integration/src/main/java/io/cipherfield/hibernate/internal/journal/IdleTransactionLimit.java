package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Has the database end the transaction of a process that says nothing more in it: stopped, cut off or hung. Without this its
 * locks on the application's rows would outlive its lease for as long as it hangs. PostgreSQL and MariaDB can; a shorter limit
 * that is set there already stays. One for each connection; not thread-safe.
 */
public final class IdleTransactionLimit {

    private final JournalSql sql;
    private final Duration limit;
    private Duration before = Duration.ZERO;
    private boolean needed;

    IdleTransactionLimit(JournalSql sql, Duration limit) {
        this.sql = sql;
        this.limit = limit;
    }

    /** Looks at what is set. MariaDB's limit is one of a session. */
    public void startSession(Connection connection) throws SQLException {
        switch (sql) {
            case POSTGRESQL ->
                look(
                        connection,
                        "select name, setting from pg_catalog.pg_settings"
                                + " where name = 'idle_in_transaction_session_timeout'",
                        1);
            case MARIADB -> {
                // No row on MySQL, which has no such limit.
                look(connection, "show session variables like 'idle\\_transaction\\_timeout'", 1_000);
                if (needed) {
                    mariadb(connection, limit);
                }
            }
            default -> {}
        }
    }

    /** For a transaction that has just begun, and that alone. */
    public void startTransaction(Connection connection) throws SQLException {
        if (needed && sql == JournalSql.POSTGRESQL) {
            execute(connection, "set local idle_in_transaction_session_timeout = " + limit.toMillis());
        }
    }

    public void restoreSession(Connection connection) throws SQLException {
        if (needed && sql == JournalSql.MARIADB) {
            mariadb(connection, before);
        }
    }

    private void look(Connection connection, String query, int unitInMillis) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (rows.next()) {
                before = Duration.ofMillis(rows.getLong(2) * unitInMillis);
                needed = before.isZero() || before.compareTo(limit) > 0;
            }
        }
    }

    private static void mariadb(Connection connection, Duration limit) throws SQLException {
        execute(connection, "set session idle_transaction_timeout = " + limit.toSeconds());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
