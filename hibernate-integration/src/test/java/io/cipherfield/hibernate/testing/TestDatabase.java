package io.cipherfield.hibernate.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One database of its own for each {@link #fresh()}. The servers are embedded, start when first asked for, once a JVM, and
 * stop with it; they need no Docker and run as root or not.
 */
public enum TestDatabase {
    H2 {
        @Override
        Fresh create(String name) {
            return new Fresh(this, "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
        }
    },
    POSTGRESQL {
        @Override
        Fresh create(String name) throws SQLException {
            PostgresqlServer server = PostgresqlServer.running();
            execute(new Fresh(this, server.url("postgres"), "postgres", ""), "create database " + name);
            return new Fresh(this, server.url(name), "postgres", "");
        }
    },
    MARIADB {
        @Override
        Fresh create(String name) throws SQLException {
            MariadbServer server = MariadbServer.running();
            execute(
                    new Fresh(this, server.url("mysql"), MariadbServer.USER, MariadbServer.PASSWORD),
                    "create database " + name + " character set utf8mb4 collate utf8mb4_uca1400_ai_ci");
            return new Fresh(this, server.url(name), MariadbServer.USER, MariadbServer.PASSWORD);
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    abstract Fresh create(String name) throws SQLException;

    /** An empty database that nobody else uses. MariaDB's has the character set utf8mb4 and its default collation. */
    public Fresh fresh() {
        try {
            // MariaDB lets every user into databases whose names start with "test_".
            return create("unit_" + COUNT.incrementAndGet());
        } catch (SQLException e) {
            throw new IllegalStateException("No " + this + " database for the test", e);
        }
    }

    private static void execute(Fresh database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A database and the user who owns it. */
    public record Fresh(TestDatabase kind, String url, String user, String password) {

        /** Settings for a bootstrap of Hibernate that creates the tables; the caller may change and add. */
        public Map<String, Object> settings() {
            Map<String, Object> settings = new HashMap<>();
            settings.put("jakarta.persistence.jdbc.url", url);
            settings.put("jakarta.persistence.jdbc.user", user);
            settings.put("jakarta.persistence.jdbc.password", password);
            settings.put("hibernate.hbm2ddl.auto", "create");
            settings.put("jakarta.persistence.validation.mode", "none");
            return settings;
        }

        /** A connection below the ORM, outside of any pool; the caller closes it. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        /** The same database for another process. */
        public Fresh fromOutside() {
            return kind == H2 ? new Fresh(kind, H2Server.url(url), user, password) : this;
        }

        /** The same database as another user. */
        public Fresh as(String otherUser, String otherPassword) {
            return new Fresh(kind, url, otherUser, otherPassword);
        }
    }
}
