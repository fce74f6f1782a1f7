package io.cipherfield.benchmarks.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * A running database that nobody else uses.
 *
 * @param rowNumbers a table {@code numbers(n)} of the numbers from 1 to {@code %d}, in this database's SQL
 * @param settle what brings a table to rest after it was filled or changed
 * @param reverse how {@code %s}'s column {@code secret} is changed by the server itself, in one statement or in several
 */
public record Database(String title, String url, String rowNumbers, List<String> settle, List<String> reverse) {

    public static Database h2() {
        return new Database(
                "H2 in memory",
                "jdbc:h2:mem:benchmark;DB_CLOSE_DELAY=-1",
                "system_range(1, %d) as numbers(n)",
                List.of("analyze table %s"),
                List.of());
    }

    /** Stopped by a shutdown hook of the library. */
    public static Database postgresql() throws IOException {
        String url = PostgresqlServer.start();
        String title = ask(
                url,
                "select 'PostgreSQL ' || current_setting('server_version') || ', fsync ' || current_setting('fsync')"
                        + " || ', synchronous_commit ' || current_setting('synchronous_commit')");
        return new Database(
                title,
                url,
                "generate_series(1, %d) as numbers(n)",
                List.of("vacuum analyze %s"),
                List.of("update %s set secret = secret || ''"));
    }

    /** Stopped by a shutdown hook. */
    public static Database mariadb() throws IOException {
        String url = MariadbServer.start();
        String title = ask(
                url,
                "select concat('MariaDB ', version(), ', innodb_flush_log_at_trx_commit ',"
                        + " @@innodb_flush_log_at_trx_commit)");
        // The server leaves rows alone that would not change, so that these are changed, and changed back.
        String reverse = "update %s set secret = reverse(secret)";
        return new Database(
                title,
                url,
                "(select seq as n from seq_1_to_%d) as numbers",
                List.of("analyze table %s", "set global innodb_max_purge_lag_wait = 0"),
                List.of(reverse, reverse));
    }

    /** As the server itself says it. */
    private static String ask(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The server did not answer", e);
        }
    }

    /** For Hibernate, with its own pool: one connection, which is kept, until a second one is wanted beside it. */
    public Map<String, Object> settings() {
        return Map.of("jakarta.persistence.jdbc.url", url);
    }

    public void settle(String table) {
        settle.forEach(sql -> execute(String.format(sql, table)));
    }

    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
