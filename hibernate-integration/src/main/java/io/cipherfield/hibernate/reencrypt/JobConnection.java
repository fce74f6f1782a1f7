package io.cipherfield.hibernate.reencrypt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/** A connection in READ COMMITTED without auto-commit; its pool gets it back as it was, and without an open transaction. */
final class JobConnection implements AutoCloseable {

    /** No statement of the job runs longer; a page is much faster, and waits for no lock as long as that. */
    static final int STATEMENT_SECONDS = 120;

    private final ConnectionSource source;
    private final LockTimeout lockTimeout;
    private final Connection connection;
    private final boolean autoCommit;
    private final int isolation;
    /** How what was made on the connection is undone. */
    private final Set<String> temporary = new LinkedHashSet<>();

    private JobConnection(ConnectionSource source, LockTimeout lockTimeout, Connection connection) throws SQLException {
        this.source = source;
        this.lockTimeout = lockTimeout;
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        this.isolation = connection.getTransactionIsolation();
    }

    static JobConnection open(ConnectionSource source, LockTimeout lockTimeout) throws SQLException {
        Connection connection = source.obtain();
        try {
            JobConnection job = new JobConnection(source, lockTimeout, connection);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(false);
                lockTimeout.startSession(connection);
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

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(STATEMENT_SECONDS);
        return statement;
    }

    /** Makes something once that lives as long as the session, and undoes it before the connection goes back to its pool. */
    void temporarily(String make, String undo) throws SQLException {
        if (!temporary.contains(undo)) {
            execute(undo);
            execute(make);
            temporary.add(undo);
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
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    private void restore() throws SQLException {
        connection.rollback();
        for (String undo : temporary) {
            execute(undo);
        }
        lockTimeout.restoreSession(connection);
        connection.setAutoCommit(autoCommit);
        connection.setTransactionIsolation(isolation);
    }

    @Override
    public void close() throws SQLException {
        try {
            restore();
        } finally {
            source.release(connection);
        }
    }
}
