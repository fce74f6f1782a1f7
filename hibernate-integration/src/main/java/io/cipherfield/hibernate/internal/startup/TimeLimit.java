package io.cipherfield.hibernate.internal.startup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MariaDBDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the driver's own queries for metadata, which take no time-out of JDBC and may wait for a lock. H2 bounds every wait by
 * itself; other databases are left as they are.
 */
final class TimeLimit {

    private final Connection connection;
    private final Dialect dialect;
    private final int seconds;
    private @Nullable String before;

    TimeLimit(Connection connection, Dialect dialect, int seconds) {
        this.connection = connection;
        this.dialect = dialect;
        this.seconds = seconds;
    }

    void startTransaction() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (dialect instanceof PostgreSQLDialect) {
                statement.execute("set local statement_timeout = '" + seconds + "s'");
            } else if (dialect instanceof MariaDBDialect && before == null) {
                try (ResultSet rows = statement.executeQuery("select @@session.max_statement_time")) {
                    rows.next();
                    before = rows.getString(1);
                }
                statement.execute("set session max_statement_time = " + seconds);
            }
        }
    }

    void restore() throws SQLException {
        if (before != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set session max_statement_time = " + before);
            }
        }
    }
}
