package io.cipherfield.benchmarks.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;

/** PostgreSQL from the class path. */
final class PostgresqlServer {

    /** Waits for the disk, as in production; without what would disturb single rounds, checkpoints and autovacuum. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "60min",
            "autovacuum", "off");

    private PostgresqlServer() {}

    /** @return its URL */
    static String start() throws IOException {
        EmbeddedPostgres.Builder server = EmbeddedPostgres.builder();
        SETTINGS.forEach(server::setServerConfig);
        try {
            return server.start().getJdbcUrl("postgres", "postgres");
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "The PostgreSQL server did not start: was this jar built with -Ppostgresql-server?", e);
        }
    }
}
