package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.journal.IdleTransactionLimit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection in READ COMMITTED without auto-commit; its pool gets it back as it was, and without an open transaction. */
final class JobConnection implements AutoCloseable {

    /** No statement of the job runs longer; a page is much faster, and waits for no lock as long as that. */
    static final int STATEMENT_SECONDS = 120;

    private static final int SECONDS_FOR_A_SIGN_OF_LIFE = 5;

    private final ConnectionSource source;
    private final LockTimeout lockTimeout;
    private final @Nullable IdleTransactionLimit idleLimit;
    private final Connection connection;
    private final boolean autoCommit;
    private final int isolation;
    private @Nullable SessionTimeZone timeZone;
    private boolean closed;
    /** How what was made on the connection is undone, and how it was to be made. */
    private final Map<String, List<String>> temporary = new LinkedHashMap<>();

    private JobConnection(
            ConnectionSource source,
            LockTimeout lockTimeout,
            @Nullable IdleTransactionLimit idleLimit,
            Connection connection)
            throws SQLException {
        this.source = source;
        this.lockTimeout = lockTimeout;
        this.idleLimit = idleLimit;
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        this.isolation = connection.getTransactionIsolation();
    }

    static JobConnection open(ConnectionSource source, LockTimeout lockTimeout) throws SQLException {
        return open(source, lockTimeout, null);
    }

    /** @param idleLimit ends what a process leaves behind that hangs in the midst of a page; null for those that only look */
    static JobConnection open(
            ConnectionSource source, LockTimeout lockTimeout, @Nullable IdleTransactionLimit idleLimit)
            throws SQLException {
        Connection connection = source.obtain();
        try {
            JobConnection job = new JobConnection(source, lockTimeout, idleLimit, connection);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(false);
                lockTimeout.startSession(connection);
                job.timeZone = SessionTimeZone.start(connection, lockTimeout.database());
                if (idleLimit != null) {
                    idleLimit.startSession(connection);
                }
                // Nobody knows how long it waits for its first page.
                connection.commit();
            } catch (SQLException e) {
                job.restore();
                throw e;
            }
            return job;
        } catch (SQLException e) {
            source.release(connection);
            throw e;
        }
    }

    Connection get() {
        return connection;
    }

    boolean isValid() throws SQLException {
        return !closed && connection.isValid(SECONDS_FOR_A_SIGN_OF_LIFE);
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(STATEMENT_SECONDS);
        return statement;
    }

    /**
     * Makes something that lives as long as the session, if it is not there or was made in other ways, and undoes it before the
     * connection goes back to its pool.
     *
     * @param ways the best one first; the next one is for a database that refuses it
     */
    void temporarily(List<String> ways, String undo) throws SQLException {
        if (ways.equals(temporary.get(undo))) {
            return;
        }
        execute(undo);
        temporary.remove(undo);
        for (int i = 0; !temporary.containsKey(undo); i++) {
            try {
                execute(ways.get(i));
                temporary.put(undo, ways);
            } catch (SQLException e) {
                if (i == ways.size() - 1 || TransientFailure.is(e) || LostConnection.is(e)) {
                    throw e;
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            statement.execute();
        }
    }

    /** Before the first statement of a page's transaction, so that it waits for no lock for long. */
    void beginPage() throws SQLException {
        lockTimeout.startTransaction(connection);
        if (idleLimit != null) {
            idleLimit.startTransaction(connection);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /** Oracle's and SQL Server's drivers have no such call: there, a savepoint ends with its transaction. */
    void release(Savepoint savepoint) throws SQLException {
        if (lockTimeout.database() != DatabaseKind.OTHER) {
            connection.releaseSavepoint(savepoint);
        }
    }

    /** After a failure that does not matter; what broke the connection will be met again. */
    void rollbackQuietly() {
        try {
            rollback();
        } catch (SQLException e) {
            // The connection's next statement fails for the same reason.
        }
    }

    private void restore() throws SQLException {
        connection.rollback();
        try {
            for (String undo : temporary.keySet()) {
                execute(undo);
            }
            lockTimeout.restoreSession(connection);
            if (timeZone != null) {
                timeZone.restore(connection);
            }
            if (idleLimit != null) {
                idleLimit.restoreSession(connection);
            }
        } finally {
            connection.setAutoCommit(autoCommit);
            connection.setTransactionIsolation(isolation);
        }
    }

    /** A second time does nothing: by then the connection is somebody else's. */
    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            restore();
        } finally {
            source.release(connection);
        }
    }

    /** For a connection that may be broken, and that nothing depends on any more. */
    void closeQuietly() {
        try {
            close();
        } catch (SQLException e) {
            // Whoever needs another one will hear what is wrong.
        }
    }
}
