package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How long a page waits for a row that somebody holds locked, until it gives up its own locks and is done again later. H2 has
 * such a limit by itself; PostgreSQL would wait for ever.
 */
final class LockTimeout {

    static final Duration DEFAULT = Duration.ofSeconds(10);

    private final DatabaseKind database;
    private final Duration limit;
    private int mariadbSecondsBefore;

    LockTimeout(DatabaseKind database, Duration limit) {
        this.database = database;
        this.limit = limit;
    }

    DatabaseKind database() {
        return database;
    }

    /** MariaDB has no limit for a transaction, only one for a session. */
    void startSession(Connection connection) throws SQLException {
        if (database == DatabaseKind.MARIADB) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select @@session.innodb_lock_wait_timeout")) {
                rows.next();
                mariadbSecondsBefore = rows.getInt(1);
            }
            execute(connection, "set session innodb_lock_wait_timeout = " + Math.max(1, limit.toSeconds()));
        }
    }

    /** For a transaction that has just begun, and that alone. */
    void startTransaction(Connection connection) throws SQLException {
        if (database == DatabaseKind.POSTGRESQL) {
            execute(connection, "set local lock_timeout = '" + limit.toMillis() + "ms'");
        }
    }

    void restoreSession(Connection connection) throws SQLException {
        if (mariadbSecondsBefore > 0) {
            execute(connection, "set session innodb_lock_wait_timeout = " + mariadbSecondsBefore);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
