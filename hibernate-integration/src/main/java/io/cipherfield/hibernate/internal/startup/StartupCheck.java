package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.internal.catalogue.HeaderSample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jboss.logging.Logger;

/**
 * Compares the key ring with what the tables hold, once they exist. What is found stops the start, or is logged; a database
 * that cannot be looked at never stops it.
 */
final class StartupCheck implements SessionFactoryObserver {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(StartupCheck.class);

    private static final int ROWS_OF_EACH_END = 20;
    private static final int SECONDS_FOR_A_TABLE = 5;
    /** PostgreSQL; MariaDB and others; H2's further ones for a table in an empty database or with other case. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private final transient EncryptedColumns columns;

    StartupCheck(EncryptedColumns columns) {
        this.columns = columns;
    }

    @Override
    public void sessionFactoryCreated(SessionFactory factory) {
        SessionFactoryImplementor implementor = (SessionFactoryImplementor) factory;
        StartupCheckMode mode = implementor
                .getServiceRegistry()
                .requireService(CipherfieldService.class)
                .configuration()
                .startupCheck();
        if (mode == StartupCheckMode.OFF) {
            return;
        }
        Findings findings = new Findings();
        look(implementor, findings);
        if (findings.any()) {
            if (mode == StartupCheckMode.FAIL) {
                throw findings.toException();
            }
            LOG.warn(findings.toException().getMessage());
        }
    }

    private void look(SessionFactoryImplementor factory, Findings findings) {
        JdbcConnectionAccess access = factory.getJdbcServices().getBootstrapJdbcConnectionAccess();
        DatabaseKind database = DatabaseKind.of(factory.getJdbcServices().getDialect());
        Connection connection;
        try {
            connection = access.obtainConnection();
        } catch (SQLException | RuntimeException e) {
            // Pools and connection providers throw what they like when the database is away or they have no connection
            // to give.
            notCompared("there was no connection for it", e);
            return;
        }
        try {
            try {
                inItsOwnTransaction(connection, database, findings);
            } finally {
                access.releaseConnection(connection);
            }
        } catch (SQLException e) {
            notCompared("the connection failed", e);
        }
    }

    private static void notCompared(String why, Exception e) {
        LOG.warnf("Encrypted columns could not be compared with the key ring, since %s: %s", why, e.getMessage());
    }

    private void inItsOwnTransaction(Connection connection, DatabaseKind database, Findings findings)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            for (List<EncryptedColumn> ofTable : columns.byTable().values()) {
                table(connection, database, ofTable, findings);
                // On PostgreSQL a failed look would spoil the next one; elsewhere a snapshot would stay open.
                connection.rollback();
            }
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static void table(
            Connection connection, DatabaseKind database, List<EncryptedColumn> ofTable, Findings findings) {
        EncryptedTable table = ofTable.get(0).table();
        try {
            HeaderSample.take(connection, database, ofTable, ROWS_OF_EACH_END, SECONDS_FOR_A_TABLE)
                    .forEach(findings::add);
        } catch (SQLException e) {
            if (e.getSQLState() != null && NO_SUCH_TABLE.contains(e.getSQLState())) {
                LOG.infof("Table %s does not exist yet: its keys were not checked.", table);
            } else {
                LOG.warnf(
                        "Table %s could not be looked at, so its keys were not checked: %s (SQLSTATE %s)",
                        table, e.getMessage(), e.getSQLState());
            }
        }
    }
}
