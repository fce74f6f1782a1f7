package io.cipherfield.hibernate.internal.journal;

import static io.cipherfield.hibernate.internal.journal.RunRow.CONDITION;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The right to run, and the way to say how far the run is. {@link #advance} and {@link #quarantine} are part of the caller's
 * transaction; all others commit one of their own. Thread-safe and without state: each worker brings its connection.
 */
public final class Lease {

    private final JournalSql sql;
    private final TableNames names;
    private final Ranges ranges;
    private final Quarantine quarantine;
    private final Duration leaseTime;
    private final long token;
    private final boolean resumed;
    private final long attempts;
    private final Instant startedAt;
    private final @Nullable String replaced;

    Lease(
            JournalSql sql,
            TableNames names,
            Duration leaseTime,
            RunRow row,
            boolean resumed,
            @Nullable String replaced) {
        this.sql = sql;
        this.names = names;
        this.ranges = new Ranges(sql, names, row.token());
        this.quarantine = new Quarantine(sql, names.quarantine(), row.run());
        this.leaseTime = leaseTime;
        this.token = row.token();
        this.resumed = resumed;
        this.attempts = row.attempts();
        this.startedAt = row.startedAt();
        this.replaced = replaced;
    }

    /** Larger than that of every earlier attempt at any run. */
    public long token() {
        return token;
    }

    /** Whether this goes on with a run that another process began; its ranges may not be planned yet. */
    public boolean resumed() {
        return resumed;
    }

    /** Of the run, by the database's clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** This one included. */
    public long attempts() {
        return attempts;
    }

    public Duration leaseTime() {
        return leaseTime;
    }

    /** For a person: which unfinished run this one took the place of, and what is different; null if none. */
    public @Nullable String replaced() {
        return replaced;
    }

    /** In the order in which they were planned; empty if they are not planned yet. */
    public List<RangeProgress> ranges(Connection connection) throws SQLException {
        return Transaction.in(connection, () -> ranges.all(connection));
    }

    /** One range as it is committed: to be asked after a commit whose success is not known, before anything is done again. */
    public RangeProgress range(Connection connection, long id) throws SQLException {
        return Transaction.in(connection, () -> ranges.one(connection, id));
    }

    /** Once a run, all or none. */
    public void plan(Connection connection, List<PlannedRange> planned) throws SQLException {
        Transaction.in(connection, () -> {
            requireLease(connection);
            return ranges.insert(connection, planned);
        });
    }

    /**
     * Counts a page, in the transaction that wrote it and as its last statement before the commit. The lock of the range's row
     * is the fence: until this transaction ends nobody can take the run over, and after a takeover this finds no row. Workers
     * do not meet each other here.
     *
     * @param before what the page began with
     * @param position the encoded key of the page's last row; null if it had none
     * @param done whether no row of the range is left
     * @return what the next page begins with
     * @throws LeaseLostException if another process has taken over; the transaction must be rolled back
     * @throws JournalException if the database has lost pages of the range that it had confirmed
     * @throws IllegalStateException if another worker counted a page of the range
     */
    public RangeProgress advance(
            Connection connection, RangeProgress before, @Nullable String position, boolean done, Counts delta)
            throws SQLException {
        Transaction.require(connection);
        PlannedRange.refuseEmpty(position);
        return ranges.advance(connection, before, position == null ? before.reached() : position, done, delta);
    }

    /**
     * Records values that were left as they are, in the transaction of their page. A value that is recorded already is so once.
     */
    public void quarantine(Connection connection, List<Quarantined> values) throws SQLException {
        Transaction.require(connection);
        quarantine.add(connection, values);
    }

    /** The first values that this run recorded, over all its attempts. */
    public List<Quarantined> quarantined(Connection connection, int limit) throws SQLException {
        return Transaction.in(connection, () -> quarantine.ofThisRun(connection, limit));
    }

    /**
     * The heartbeat.
     *
     * @throws LeaseLostException if another process has taken over, in which case this one must stop
     */
    public void renew(Connection connection) throws SQLException {
        end(connection, "expires_at = " + sql.later(leaseTime), () -> {});
    }

    /** Lets another process go on at once, without the wait for this lease's end. */
    public void release(Connection connection) throws SQLException {
        end(connection, "run_state = 'RELEASED', expires_at = " + sql.now(), () -> {});
    }

    /**
     * Ends the run, which stays as history until the next one begins. Values of the columns that this run went through, and that
     * only earlier runs recorded as failed, are in order or gone by now: they are no longer recorded.
     *
     * @param covered the columns of each table that this run looked at in every row
     * @throws JournalException if a range is not done, since the database has lost that
     */
    public void finish(Connection connection, Map<String, ? extends Collection<String>> covered) throws SQLException {
        String finished = "run_state = 'FINISHED', expires_at = " + sql.now() + ", finished_at = " + sql.now();
        end(connection, finished, () -> {
            ranges.requireDone(connection);
            quarantine.clear(connection, covered);
        });
    }

    private void end(Connection connection, String assignments, Then then) throws SQLException {
        String update = "update " + names.run() + " set " + assignments + " where " + CONDITION
                + " and token = ? and run_state = 'RUNNING'";
        Transaction.in(connection, () -> {
            try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(update))) {
                statement.setLong(1, token);
                if (statement.executeUpdate() == 0) {
                    throw new LeaseLostException(names.run(), token);
                }
            }
            then.run();
            return token;
        });
    }

    private void requireLease(Connection connection) throws SQLException {
        RunRow row = RunRow.lock(connection, sql, names);
        if (row == null || row.token() != token) {
            throw new LeaseLostException(names.run(), token);
        }
    }

    private interface Then {
        void run() throws SQLException;
    }
}
