package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.Lease;
import io.cipherfield.hibernate.internal.journal.LeaseLostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Renews a run's lease while it lives, each time on a connection that goes back at once. If the pool has none to give, whoever
 * has the only one does it, between two pages or two cuts of a table.
 */
final class Heartbeat implements AutoCloseable {

    private final Lease lease;
    private final Connections connections;
    private final Ending ending;
    private final long intervalInNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::beat, "cipherfield-heartbeat");
    private volatile long renewedAt = System.nanoTime();

    private Heartbeat(Lease lease, Connections connections, Ending ending) {
        this.lease = lease;
        this.connections = connections;
        this.ending = ending;
        this.intervalInNanos = lease.leaseTime().toNanos() / 3;
    }

    static Heartbeat start(Lease lease, Connections connections, Ending ending) {
        Heartbeat heartbeat = new Heartbeat(lease, connections, ending);
        heartbeat.thread.setDaemon(true);
        heartbeat.thread.start();
        return heartbeat;
    }

    private void beat() {
        try {
            while (!closed.await(intervalInNanos, TimeUnit.NANOSECONDS)) {
                JobConnection connection = connections.openIfThereIsOne();
                if (connection != null) {
                    try {
                        renew(connection);
                    } finally {
                        connection.closeQuietly();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that is away is no reason to give up: what counts is whether the lease is still there afterwards. */
    private synchronized void renew(JobConnection connection) {
        try {
            lease.renew(connection.get());
            renewedAt = System.nanoTime();
        } catch (LeaseLostException e) {
            ending.fail(e);
        } catch (SQLException e) {
            connection.rollbackQuietly();
        }
    }

    /** Between two pages of a worker, or two cuts, on its connection and without an open transaction. */
    void helpOut(JobConnection connection) {
        if (System.nanoTime() - renewedAt > intervalInNanos * 3 / 2) {
            renew(connection);
        }
    }

    /** Waits for a beat that is under way, so that none follows the end of the run. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(Duration.ofSeconds(1).toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
