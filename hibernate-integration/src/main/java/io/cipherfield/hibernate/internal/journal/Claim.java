package io.cipherfield.hibernate.internal.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt to get the lease. */
record Claim(
        JournalSql sql, TableNames names, RunDefinition definition, DataSet data, String owner, Duration leaseTime) {

    Lease take(Connection connection) throws SQLException {
        try {
            if (!hasGuard(connection)) {
                insertGuard(connection);
            }
            return Transaction.in(connection, () -> takeGuarded(connection));
        } catch (SQLException e) {
            if (!LockWait.ended(e)) {
                throw e;
            }
            throw new JournalException(
                    "The lease in table " + names.run()
                            + " cannot be taken: a transaction that has locked rows of " + names.run() + " or "
                            + names.range()
                            + " does not end. " + new LockHolders(sql, names).describe(connection)
                            + " If it belongs to a process of the job that hangs, end that process or session; then start again.");
        }
    }

    /** By itself, since its failure ends a transaction: of two processes that insert it, one meets the other's. */
    private void insertGuard(Connection connection) throws SQLException {
        String insert = "insert into " + names.run() + " (id, run_state, started_at, expires_at) values ("
                + RunRow.GUARD + ", 'NEW', " + sql.now() + ", " + sql.now() + ")";
        try {
            Transaction.in(connection, () -> update(connection, insert));
        } catch (SQLException e) {
            if (!hasGuard(connection)) {
                throw e;
            }
        }
    }

    private boolean hasGuard(Connection connection) throws SQLException {
        return Transaction.in(connection, () -> RunRow.lock(connection, sql, names, RunRow.GUARD) != null);
    }

    private Lease takeGuarded(Connection connection) throws SQLException {
        RunRow.lock(connection, sql, names, RunRow.GUARD);
        List<RunRow> all = RunRow.all(connection, sql, names);
        List<RunRow> mine = new ArrayList<>();
        for (RunRow any : all) {
            Set<String> shared = data.shared(any.tables());
            RunRow row = shared.isEmpty() ? null : RunRow.lock(connection, sql, names, any.id());
            if (row == null) {
                continue;
            }
            if (row.isHeld()) {
                throw new LeaseHeldException(names.run(), row.owner(), shared, row.expiresAt(), row.now());
            }
            if (row.tenant().equals(data.tenant())) {
                mine.add(row);
            }
        }
        long token = 1 + all.stream().mapToLong(RunRow::token).max().orElse(0);
        for (RunRow row : mine) {
            if (goesOn(row)) {
                return goOn(connection, row, token);
            }
        }
        String replaced = replace(connection, mine);
        long run = 1
                + all.stream()
                        .mapToLong(row -> Math.max(row.run(), row.id()))
                        .max()
                        .orElse(0);
        insert(connection, run, token);
        // So that they grow also where this run's row is gone.
        update(
                connection,
                "update " + names.run() + " set run_no = " + run + ", token = " + token + " where id = "
                        + RunRow.GUARD);
        return new Lease(sql, names, data, leaseTime, locked(connection, run), false, replaced);
    }

    private boolean goesOn(RunRow row) {
        return row.isUnfinished()
                && row.definition().equals(definition)
                && row.tables().equals(data.places());
    }

    /** The fence: once it is committed no page of an earlier attempt finds its range. A page that has found it is waited for. */
    private Lease goOn(Connection connection, RunRow row, long token) throws SQLException {
        String update = "update " + names.run() + " set token = ?, run_state = 'RUNNING', owner = ?,"
                + " attempts = attempts + 1, expires_at = " + sql.later(leaseTime) + " where id = ?";
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(update))) {
            statement.setLong(1, token);
            statement.setString(2, owner);
            statement.setLong(3, row.id());
            statement.executeUpdate();
        }
        update(connection, "update " + names.range() + " set token = " + token + " where run_no = " + row.run());
        return new Lease(sql, names, data, leaseTime, locked(connection, row.id()), true, null);
    }

    /** Fenced as {@link #goOn} does it. */
    private @Nullable String replace(Connection connection, List<RunRow> rows) throws SQLException {
        List<String> replaced = new ArrayList<>();
        for (RunRow row : rows) {
            if (row.isUnfinished()) {
                replaced.add(describeReplaced(connection, row));
            }
            update(connection, "delete from " + names.range() + " where run_no = " + row.run());
            update(connection, "delete from " + names.run() + " where id = " + row.id());
        }
        return replaced.isEmpty() ? null : String.join("\n", replaced);
    }

    private void insert(Connection connection, long run, long token) throws SQLException {
        String insert =
                "insert into " + names.run() + " (id, run_no, token, run_state, tenant_id, table_names, job_mode,"
                        + " primary_key_id, suite, from_keys, selection, fingerprint, owner, attempts, started_at, expires_at)"
                        + " values (?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, " + sql.now() + ", "
                        + sql.later(leaseTime)
                        + ")";
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(insert))) {
            statement.setLong(1, run);
            statement.setLong(2, run);
            statement.setLong(3, token);
            statement.setString(4, data.tenant());
            statement.setString(5, RunRow.text(data.places()));
            statement.setString(6, definition.mode());
            statement.setString(7, definition.primaryKeyId());
            statement.setString(8, definition.suite());
            statement.setString(9, definition.fromKeys());
            statement.setString(10, definition.selection());
            statement.setString(11, definition.fingerprint());
            statement.setString(12, owner);
            statement.executeUpdate();
        }
    }

    private RunRow locked(Connection connection, long id) throws SQLException {
        return requireNonNull(RunRow.lock(connection, sql, names, id), "the row of the lease");
    }

    private String describeReplaced(Connection connection, RunRow row) throws SQLException {
        String select = "select count(*), sum(done) from " + names.range() + " where run_no = " + row.run();
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(select));
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return "An unfinished run of other settings was given up: started at " + row.startedAt() + " by "
                    + row.owner()
                    + ", " + rows.getLong(2) + " of " + rows.getLong(1) + " ranges done. What is different: "
                    + definition.changesSince(row.definition())
                    + ". What it committed stays, and this run looks at every value anew.";
        }
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(sql))) {
            return statement.executeUpdate();
        }
    }
}
