package io.cipherfield.hibernate.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The PostgreSQL server of this JVM. A shutdown hook of the library stops it and removes its files. */
final class PostgresqlServer {

    private final EmbeddedPostgres postgres;

    private PostgresqlServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static PostgresqlServer running() {
        return Holder.SERVER;
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    private static final class Holder {

        static final PostgresqlServer SERVER = start();

        private static PostgresqlServer start() {
            try {
                return new PostgresqlServer(EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
            }
        }
    }
}
