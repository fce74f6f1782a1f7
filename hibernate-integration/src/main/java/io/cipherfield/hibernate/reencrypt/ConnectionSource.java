package io.cipherfield.hibernate.reencrypt;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/** Where a job's connections come from. */
interface ConnectionSource {

    Connection obtain() throws SQLException;

    void release(Connection connection) throws SQLException;

    static ConnectionSource of(JdbcConnectionAccess access) {
        return new ConnectionSource() {
            @Override
            public Connection obtain() throws SQLException {
                try {
                    return access.obtainConnection();
                } catch (HibernateException e) {
                    // Hibernate's own pool when it is empty, or what it makes of a failure of the driver.
                    if (e.getCause() instanceof SQLException sql) {
                        throw sql;
                    }
                    throw new SQLTransientConnectionException(e.getMessage(), "08001", e);
                }
            }

            @Override
            public void release(Connection connection) throws SQLException {
                access.releaseConnection(connection);
            }
        };
    }

    static ConnectionSource of(DataSource dataSource) {
        return new ConnectionSource() {
            @Override
            public Connection obtain() throws SQLException {
                return dataSource.getConnection();
            }

            @Override
            public void release(Connection connection) throws SQLException {
                connection.close();
            }
        };
    }

    /** One tenant's. */
    static ConnectionSource of(MultiTenantConnectionProvider<Object> provider, Object tenant) {
        return new ConnectionSource() {
            @Override
            public Connection obtain() throws SQLException {
                return provider.getConnection(tenant);
            }

            @Override
            public void release(Connection connection) throws SQLException {
                provider.releaseConnection(tenant, connection);
            }
        };
    }
}
