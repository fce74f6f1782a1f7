package io.cipherfield.hibernate.internal.journal;

import static io.cipherfield.hibernate.internal.journal.RunRow.CONDITION;
import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** One attempt to get the lease. */
record Claim(JournalSql sql, TableNames names, RunDefinition definition, String owner, Duration leaseTime) {

    Lease take(Connection connection) throws SQLException {
        try {
            if (!hasRow(connection)) {
                insertRow(connection);
            }
            return Transaction.in(connection, () -> takeExisting(connection));
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
    private void insertRow(Connection connection) throws SQLException {
        String insert = "insert into " + names.run() + " (id, run_state, started_at, expires_at) values (1, 'NEW', "
                + sql.now() + ", " + sql.now() + ")";
        try {
            Transaction.in(connection, () -> update(connection, insert));
        } catch (SQLException e) {
            if (!hasRow(connection)) {
                throw e;
            }
        }
    }

    private boolean hasRow(Connection connection) throws SQLException {
        return Transaction.in(connection, () -> RunRow.lock(connection, sql, names) != null);
    }

    private Lease takeExisting(Connection connection) throws SQLException {
        RunRow row = locked(connection);
        if (row.isHeld()) {
            throw new LeaseHeldException(names.run(), row.owner(), row.expiresAt(), row.now());
        }
        boolean resumes = row.isUnfinished() && row.definition().equals(definition);
        String replaced = row.isUnfinished() && !resumes ? describeReplaced(connection, row) : null;
        long token = row.token() + 1;
        writeRow(connection, row, token, resumes);
        // The fence: from here on no page of an earlier attempt finds its range. A page that has found it is waited
        // for.
        update(
                connection,
                resumes ? "update " + names.range() + " set token = " + token : "delete from " + names.range());
        return new Lease(sql, names, leaseTime, locked(connection), resumes, replaced);
    }

    private RunRow locked(Connection connection) throws SQLException {
        return requireNonNull(RunRow.lock(connection, sql, names), "the row of the lease");
    }

    private void writeRow(Connection connection, RunRow row, long token, boolean resumes) throws SQLException {
        String update = "update " + names.run() + " set run_no = ?, token = ?, run_state = 'RUNNING', job_mode = ?,"
                + " primary_key_id = ?, suite = ?, from_keys = ?, selection = ?, fingerprint = ?, owner = ?, attempts = ?,"
                + " started_at = " + (resumes ? "started_at" : sql.now()) + ", expires_at = " + sql.later(leaseTime)
                + ", finished_at = null where " + CONDITION;
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(update))) {
            statement.setLong(1, resumes ? row.run() : row.run() + 1);
            statement.setLong(2, token);
            statement.setString(3, definition.mode());
            statement.setString(4, definition.primaryKeyId());
            statement.setString(5, definition.suite());
            statement.setString(6, definition.fromKeys());
            statement.setString(7, definition.selection());
            statement.setString(8, definition.fingerprint());
            statement.setString(9, owner);
            statement.setLong(10, resumes ? row.attempts() + 1 : 1);
            statement.executeUpdate();
        }
    }

    private String describeReplaced(Connection connection, RunRow row) throws SQLException {
        String select = "select count(*), sum(done) from " + names.range();
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
