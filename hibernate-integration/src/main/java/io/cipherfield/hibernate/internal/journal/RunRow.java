package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The row of the lease, as it was found and locked. */
record RunRow(
        long id,
        long run,
        long token,
        State state,
        String tenant,
        Set<String> tables,
        RunDefinition definition,
        String owner,
        long attempts,
        Instant startedAt,
        Instant expiresAt,
        boolean expired,
        Instant now) {

    /** Locked by whoever takes a lease, so that one does so at a time. It is no run. */
    static final long GUARD = 0;

    private static final String BETWEEN_TABLES = "\n";

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
    static @Nullable RunRow lock(Connection connection, JournalSql sql, TableNames names, long id) throws SQLException {
        List<RunRow> found = all(connection, sql, sql.locking(columns(sql), names.run(), "id = " + id));
        return found.isEmpty() ? null : found.get(0);
    }

    /** The guard too. */
    static List<RunRow> all(Connection connection, JournalSql sql, TableNames names) throws SQLException {
        return all(connection, sql, columns(sql) + " from " + names.run() + " order by id");
    }

    private static String columns(JournalSql sql) {
        return "select id, run_no, token, run_state, tenant_id, table_names, job_mode, primary_key_id, suite, from_keys,"
                + " selection, fingerprint, owner, attempts, started_at, expires_at, " + sql.now() + " as now_is,"
                + " case when expires_at <= " + sql.now() + " then 1 else 0 end as is_expired";
    }

    private static List<RunRow> all(Connection connection, JournalSql sql, String select) throws SQLException {
        List<RunRow> all = new ArrayList<>();
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(select));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(read(rows, sql));
            }
        }
        return all;
    }

    private static RunRow read(ResultSet rows, JournalSql sql) throws SQLException {
        return new RunRow(
                rows.getLong("id"),
                rows.getLong("run_no"),
                rows.getLong("token"),
                State.valueOf(rows.getString("run_state")),
                text(rows, "tenant_id"),
                Set.of(text(rows, "table_names").split(BETWEEN_TABLES)),
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

    static String text(Collection<String> tables) {
        return String.join(BETWEEN_TABLES, tables);
    }

    /** Oracle has no empty text. */
    private static String text(ResultSet rows, String column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }
}
