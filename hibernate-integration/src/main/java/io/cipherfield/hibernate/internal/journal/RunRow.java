package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of the lease, as it was found and locked. */
record RunRow(
        long run,
        long token,
        State state,
        RunDefinition definition,
        String owner,
        long attempts,
        Instant startedAt,
        Instant expiresAt,
        boolean expired,
        Instant now) {

    static final String CONDITION = "id = 1";

    enum State {
        /** Nobody has run yet. */
        NEW,
        RUNNING,
        /** Stopped in good order; it can go on at once. */
        RELEASED,
        FINISHED
    }

    boolean isHeld() {
        return state == State.RUNNING && !expired;
    }

    boolean isUnfinished() {
        return state == State.RUNNING || state == State.RELEASED;
    }

    /** Locks the row until the transaction ends; null if there is none. An answer that is late by the wait for the lock errs towards a longer lease. */
    static @Nullable RunRow lock(Connection connection, JournalSql sql, TableNames names) throws SQLException {
        String select = sql.locking(
                "select run_no, token, run_state, job_mode, primary_key_id, suite, from_keys, selection, fingerprint,"
                        + " owner, attempts, started_at, expires_at, " + sql.now() + " as now_is,"
                        + " case when expires_at <= " + sql.now() + " then 1 else 0 end as is_expired",
                names.run(),
                CONDITION);
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(select));
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? read(rows, sql) : null;
        }
    }

    private static RunRow read(ResultSet rows, JournalSql sql) throws SQLException {
        return new RunRow(
                rows.getLong("run_no"),
                rows.getLong("token"),
                State.valueOf(rows.getString("run_state")),
                new RunDefinition(
                        text(rows, "job_mode"),
                        text(rows, "primary_key_id"),
                        text(rows, "suite"),
                        text(rows, "from_keys"),
                        text(rows, "selection"),
                        text(rows, "fingerprint")),
                text(rows, "owner"),
                rows.getLong("attempts"),
                sql.instant(rows, "started_at"),
                sql.instant(rows, "expires_at"),
                rows.getInt("is_expired") == 1,
                sql.instant(rows, "now_is"));
    }

    /** Oracle has no empty text. */
    private static String text(ResultSet rows, String column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }
}
