package io.cipherfield.benchmarks.orm;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * A running database that nobody else uses.
 *
 * @param rowNumbers a table of the numbers from 1 to {@code %d}, in this database's SQL
 * @param settle what brings a table to rest after it was filled
 */
record Database(String title, String url, String rowNumbers, String settle) {

    /** Waits for the disk, as in production; without what would disturb single rounds, checkpoints and autovacuum. */
    private static final Map<String, String> SERVER_SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "60min",
            "autovacuum", "off");

    static Database h2() {
        return new Database(
                "H2 in memory", "jdbc:h2:mem:benchmark;DB_CLOSE_DELAY=-1", "system_range(1, %d)", "analyze table %s");
    }

    /** Stopped by a shutdown hook of the library. */
    static Database postgresql() throws IOException {
        EmbeddedPostgres.Builder server = EmbeddedPostgres.builder();
        SERVER_SETTINGS.forEach(server::setServerConfig);
        EmbeddedPostgres running;
        try {
            running = server.start();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "The PostgreSQL server did not start: was this jar built with -Ppostgresql-server?", e);
        }
        String url = running.getJdbcUrl("postgres", "postgres");
        return new Database(title(url), url, "generate_series(1, %d)", "vacuum analyze %s");
    }

    /** As the server itself says it. */
    private static String title(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 'PostgreSQL ' || current_setting('server_version')"
                        + " || ', fsync ' || current_setting('fsync')"
                        + " || ', synchronous_commit ' || current_setting('synchronous_commit')")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The PostgreSQL server did not answer", e);
        }
    }

    /** For Hibernate: one connection, which is kept. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("jakarta.persistence.jdbc.url", url);
        settings.put("hibernate.connection.pool_size", "1");
        return settings;
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
