package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker's connection, which is replaced when it is lost: a restarted database is waited for, up to a limit. For one thread. */
final class WorkerConnection implements AutoCloseable {

    private static final long FIRST_PAUSE_IN_MILLIS = 50;
    private static final long LONGEST_PAUSE_IN_MILLIS = 5_000;

    private final Connections connections;
    private final Duration outage;
    private JobConnection connection;
    private @Nullable ReadAhead ahead;
    private boolean open = true;

    /** @param outage how long the database may be away */
    WorkerConnection(Connections connections, Duration outage, JobConnection connection) {
        this.connections = connections;
        this.outage = outage;
        this.connection = connection;
    }

    JobConnection get() {
        return connection;
    }

    /** Reads ahead if there is a connection for it; null if there is none. */
    @Nullable
    ReadAhead ahead() {
        return ahead;
    }

    void readAhead(JobConnection another) {
        ahead = new ReadAhead(another);
    }

    /** For an application that needs the connection, or a job without more pages. */
    void readNoMoreAhead() {
        if (ahead != null) {
            ahead.close();
            ahead = null;
        }
    }

    /** @return whether the connection is of no more use */
    boolean isLost(SQLException failure) {
        if (LostConnection.is(failure)) {
            return true;
        }
        try {
            connection.rollback();
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    /**
     * @param over ends the waiting with the job
     * @throws SQLException the last failure, once the database was away for too long
     */
    void replace(BooleanSupplier over, Consumer<String> waiting) throws SQLException, InterruptedException {
        close();
        long since = System.nanoTime();
        for (long pause = FIRST_PAUSE_IN_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_IN_MILLIS)) {
            Thread.sleep(pause);
            try {
                connection = connections.open();
                open = true;
                if (connection.isValid()) {
                    return;
                }
                close();
            } catch (SQLException e) {
                if (over.getAsBoolean() || System.nanoTime() - since > outage.toNanos()) {
                    throw e;
                }
            }
            waiting.accept("the connection to the database was lost");
        }
    }

    /** For a connection that nobody used for a long time. */
    void refresh() throws SQLException, InterruptedException {
        if (!connection.isValid()) {
            replace(() -> false, reason -> {});
        }
    }

    @Override
    public void close() {
        readNoMoreAhead();
        if (open) {
            open = false;
            connection.closeQuietly();
        }
    }
}
