package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decides the next page while the server writes the present one, on a connection of its own. What it reads may be old
 * when it is written, which compare-and-set makes harmless; what went wrong here, the worker meets when it reads the page itself. For
 * one worker.
 */
final class ReadAhead implements AutoCloseable {

    /** A page that waited longer, in a pause say, is read anew: what it does not write would not be looked at again. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final JobConnection connection;
    private @Nullable FutureTask<PageJob.Prepared> task;
    private @Nullable Position at;
    private boolean broken;

    ReadAhead(JobConnection connection) {
        this.connection = connection;
    }

    void start(PageJob pages, KeyRange range, Position next, int rows) {
        if (broken) {
            return;
        }
        finish();
        FutureTask<PageJob.Prepared> reading = new FutureTask<>(() -> read(pages, range, next, rows));
        Thread thread = new Thread(reading, Thread.currentThread().getName() + "-reading-ahead");
        thread.setDaemon(true);
        thread.start();
        task = reading;
        at = next;
    }

    private PageJob.Prepared read(PageJob pages, KeyRange range, Position next, int rows) throws SQLException {
        try {
            connection.beginPage();
            PageJob.Prepared page = pages.prepare(connection, range, next, rows);
            connection.rollback();
            return page;
        } catch (SQLException e) {
            connection.rollbackQuietly();
            throw e;
        }
    }

    /** @return null if there is none, or none that could be used */
    PageJob.@Nullable Prepared take(Position wanted, int most) throws InterruptedException {
        FutureTask<PageJob.Prepared> reading = task;
        if (reading == null || !wanted.equals(at)) {
            return null;
        }
        try {
            PageJob.Prepared page = reading.get();
            task = null;
            boolean usable = page.limit() <= 2 * most && System.nanoTime() - page.readAt() < FRESH.toNanos();
            return usable ? page : null;
        } catch (ExecutionException e) {
            task = null;
            broken = e.getCause() instanceof SQLException failure && LostConnection.is(failure);
            return null;
        }
    }

    /** Waits for what is being read, since a connection has one user. */
    private void finish() {
        boolean interrupted = false;
        while (task != null) {
            try {
                task.get();
                task = null;
            } catch (ExecutionException e) {
                task = null;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finish();
        // Somebody else's from here on.
        broken = true;
        connection.closeQuietly();
    }
}
