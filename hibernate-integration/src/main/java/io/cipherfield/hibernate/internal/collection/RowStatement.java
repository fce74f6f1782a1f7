package io.cipherfield.hibernate.internal.collection;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.spi.JdbcCoordinator;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** Runs a statement of our own in the session's transaction, behind whatever Hibernate has batched before it. */
final class RowStatement {

    private RowStatement() {}

    static void delete(SharedSessionContractImplementor session, String table, RowAddress address) {
        session.getJdbcCoordinator().executeBatch();
        String sql = "delete from " + table + " where " + address.sql();
        run(
                session,
                sql,
                address,
                statement -> session.getJdbcCoordinator().getResultSetReturn().executeUpdate(statement, sql));
    }

    static boolean exists(SharedSessionContractImplementor session, String table, RowAddress address) {
        JdbcCoordinator jdbc = session.getJdbcCoordinator();
        String sql = "select 1 from " + table + " where " + address.sql();
        return run(session, sql, address, statement -> {
            ResultSet rows = jdbc.getResultSetReturn().extract(statement, sql);
            try {
                return rows.next();
            } finally {
                jdbc.getLogicalConnection().getResourceRegistry().release(rows, statement);
            }
        });
    }

    private interface Work<R> {
        R in(PreparedStatement statement) throws SQLException;
    }

    private static <R> R run(SharedSessionContractImplementor session, String sql, RowAddress address, Work<R> work) {
        JdbcCoordinator jdbc = session.getJdbcCoordinator();
        try {
            PreparedStatement statement = jdbc.getStatementPreparer().prepareStatement(sql);
            try {
                address.bind(statement);
                return work.in(statement);
            } finally {
                jdbc.getLogicalConnection().getResourceRegistry().release(statement);
                jdbc.afterStatementExecution();
            }
        } catch (SQLException e) {
            throw session.getJdbcServices()
                    .getSqlExceptionHelper()
                    .convert(e, "could not find the rows of a collection", sql);
        }
    }
}
