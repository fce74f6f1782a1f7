package io.cipherfield.hibernate.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.MariaDBDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.jspecify.annotations.Nullable;

/** A fresh database with a journal, and the connections to it. */
final class Site implements AutoCloseable {

    static final Duration LONG = Duration.ofHours(1);
    static final RunDefinition DEFINITION = new RunDefinition("RUN", "0a0b0c0d", "aes-siv", "", "", "columns");
    static final Map<String, List<String>> COVERED = Map.of("person", List.of("ssn", "born"));

    final TestDatabase.Fresh database;
    final Journal journal;
    private final List<Connection> connections = new ArrayList<>();

    Site(TestDatabase kind) {
        this(kind.fresh(), null);
    }

    Site(TestDatabase.Fresh database, @Nullable String table) {
        this.database = database;
        this.journal = Journal.of(dialect(database.kind()), table);
    }

    static Dialect dialect(TestDatabase kind) {
        return switch (kind) {
            case H2 -> new H2Dialect();
            case POSTGRESQL -> new PostgreSQLDialect();
            case MARIADB -> new MariaDBDialect();
        };
    }

    /** As the job has them. */
    Connection connect() throws SQLException {
        Connection connection = database.connect();
        connections.add(connection);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        if (database.kind() == TestDatabase.H2) {
            waitForLocks(connection, 10_000);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    Lease claim(Connection connection, String owner) throws SQLException {
        return journal.claim(connection, DEFINITION, owner, LONG);
    }

    /** The process that holds the lease is dead: nothing is left of it but its row, and its time is over. */
    void expire() throws SQLException {
        execute("update cipherfield_reencryption set expires_at = started_at");
    }

    /** The same of a process that may have died before it made its tables. */
    void expireIfAny() throws SQLException {
        try {
            expire();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("42");
        }
    }

    /** H2 gives up after two seconds, if nothing is set, which a busy machine may spend on nothing. */
    static void waitForLocks(Connection connection, int millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout " + millis);
        }
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static Counts counts(long rows) {
        return new Counts(rows, 2 * rows, rows, 0, 0, rows, 0, 0, 0);
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            if (!connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.close();
            }
        }
    }
}
