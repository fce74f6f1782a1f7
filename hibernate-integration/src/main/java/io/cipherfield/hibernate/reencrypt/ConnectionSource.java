package io.cipherfield.hibernate.reencrypt;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;

/** Where a job's connections come from. */
interface ConnectionSource {

    Connection obtain() throws SQLException;

    void release(Connection connection) throws SQLException;

    static ConnectionSource of(JdbcConnectionAccess access) {
        return new ConnectionSource() {
            @Override
            public Connection obtain() throws SQLException {
                return access.obtainConnection();
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
}
