package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.journal.IdleTransactionLimit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens a job's connections. What a pool may refuse is asked for with patience, but not for ever, as some pools would. */
final class Connections {

    private final ConnectionSource source;
    private final DatabaseKind database;
    private final Duration lockTimeout;
    private final Duration patience;
    private final Supplier<@Nullable IdleTransactionLimit> idleLimits;

    /**
     * @param idleLimits gives each connection its own, or null
     * @param patience how long to wait for a connection that the job can do without
     */
    Connections(
            ConnectionSource source,
            DatabaseKind database,
            Duration lockTimeout,
            Duration patience,
            Supplier<@Nullable IdleTransactionLimit> idleLimits) {
        this.idleLimits = idleLimits;
        this.source = source;
        this.database = database;
        this.lockTimeout = lockTimeout;
        this.patience = patience;
    }

    JobConnection open() throws SQLException {
        return JobConnection.open(source, new LockTimeout(database, lockTimeout), idleLimits.get());
    }

    /** @return null if none is to be had in time */
    @Nullable
    JobConnection openIfThereIsOne() throws InterruptedException {
        CompletableFuture<JobConnection> opening = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        opening.complete(open());
                    } catch (SQLException | RuntimeException e) {
                        opening.completeExceptionally(e);
                    }
                },
                "cipherfield-connecting");
        thread.setDaemon(true);
        thread.start();
        try {
            return opening.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return null;
        } catch (TimeoutException | InterruptedException e) {
            closeWhenItComes(opening);
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            return null;
        }
    }

    private static void closeWhenItComes(CompletableFuture<JobConnection> opening) {
        var unused = opening.thenAccept(JobConnection::closeQuietly);
    }

    /** Whether the application could have a connection now, beside those that the job has. */
    boolean leaveOne() throws InterruptedException {
        JobConnection spare = openIfThereIsOne();
        if (spare == null) {
            return false;
        }
        spare.closeQuietly();
        return true;
    }
}
