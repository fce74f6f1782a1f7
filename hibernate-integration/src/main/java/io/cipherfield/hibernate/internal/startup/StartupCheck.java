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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Compares the key ring with what the tables hold, and their columns with what the mapping needs, once they exist. What is found
 * stops the start, or is logged; a database that cannot be looked at never stops it.
 */
final class StartupCheck implements SessionFactoryObserver {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(StartupCheck.class);

    static final int ROWS_OF_EACH_END = 20;
    static final int SECONDS_FOR_A_TABLE = 5;
    /** PostgreSQL; MariaDB and others; H2's further ones for a table in an empty database or with other case. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private final transient Map<EncryptedTable, List<EncryptedColumn>> tables;
    private final transient EarlyLook early;

    StartupCheck(EncryptedColumns columns, EarlyLook early) {
        this.tables = columns.byTable();
        this.early = early;
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
        if (implementor.getSessionFactoryOptions().isMultiTenancyEnabled()) {
            LOG.warn(
                    "This factory serves several tenants: the start-up check looks by a connection of none of them, so their own"
                            + " schemas and databases are not checked.");
        }
        Findings findings = new Findings();
        OpenDoors doors = new OpenDoors();
        look(implementor, findings, doors);
        doors.log(tables.values().stream().flatMap(List::stream).toList());
        String advice = findings.advice();
        if (advice != null) {
            LOG.warn(advice);
        }
        if (findings.any()) {
            if (mode == StartupCheckMode.FAIL) {
                throw findings.toException();
            }
            LOG.warn(findings.toException().getMessage());
        }
    }

    /** Also of a factory that could not be built. */
    @Override
    public void sessionFactoryClosing(SessionFactory factory) {
        early.end();
    }

    private void look(SessionFactoryImplementor factory, Findings findings, OpenDoors doors) {
        Map<EncryptedTable, List<HeaderSample>> samples = early.samples();
        if (samples != null && samples.keySet().containsAll(tables.keySet())) {
            tables.forEach((table, ofTable) -> add(samples.getOrDefault(table, List.of()), ofTable, findings, doors));
            return;
        }
        JdbcConnectionAccess access = factory.getJdbcServices().getBootstrapJdbcConnectionAccess();
        Dialect dialect = factory.getJdbcServices().getDialect();
        Connection connection;
        try {
            connection = access.obtainConnection();
        } catch (SQLException | RuntimeException e) {
            // Pools and connection providers throw what they like when the database is away or they have no connection
            // to give.
            notCompared("there was no connection for it", String.valueOf(e.getMessage()));
            return;
        }
        try {
            try {
                OwnTransaction.of(connection, dialect, SECONDS_FOR_A_TABLE, limit -> {
                    look(connection, dialect, limit, samples, findings, doors);
                    return findings;
                });
            } finally {
                access.releaseConnection(connection);
            }
        } catch (SQLException e) {
            notCompared("the connection failed", DriverWords.of(e));
        }
    }

    private static void notCompared(String why, String words) {
        LOG.warnf("Encrypted columns could not be compared with the key ring, since %s: %s", why, words);
    }

    private static void add(
            List<HeaderSample> samples, List<EncryptedColumn> ofTable, Findings findings, OpenDoors doors) {
        samples.forEach(findings::add);
        doors.looked(ofTable, samples);
    }

    /** @param known what is known already, or null */
    private void look(
            Connection connection,
            Dialect dialect,
            TimeLimit limit,
            @Nullable Map<EncryptedTable, List<HeaderSample>> known,
            Findings findings,
            OpenDoors doors)
            throws SQLException {
        Map<EncryptedTable, List<HeaderSample>> ordinary =
                known != null ? known : QuickLook.samples(connection, dialect, tables, limit, () -> false);
        for (Map.Entry<EncryptedTable, List<EncryptedColumn>> table : tables.entrySet()) {
            List<HeaderSample> samples = ordinary.get(table.getKey());
            if (samples != null) {
                add(samples, table.getValue(), findings, doors);
                continue;
            }
            List<EncryptedColumn> ofTable = table.getValue();
            RealTable real = null;
            SQLException failure = null;
            try {
                limit.startTransaction();
                real = RealTable.read(connection, DatabaseKind.of(dialect), ofTable, SECONDS_FOR_A_TABLE);
            } catch (SQLException e) {
                failure = e;
            }
            // On PostgreSQL a failed look would spoil the next one; elsewhere a snapshot would stay open.
            connection.rollback();
            if (table(connection, dialect, ofTable, real, findings, doors) && failure != null) {
                LOG.warnf(
                        "The columns of table %s could not be compared with the mapping: %s",
                        ofTable.get(0).table(), DriverWords.of(failure));
            }
            connection.rollback();
        }
    }

    /** @return whether it could be looked at; if not, that was said */
    private static boolean table(
            Connection connection,
            Dialect dialect,
            List<EncryptedColumn> ofTable,
            @Nullable RealTable real,
            Findings findings,
            OpenDoors doors) {
        // A number has no header, and would make the whole table's query fail.
        List<EncryptedColumn> readable =
                ofTable.stream().filter(column -> isReadable(real, column)).toList();
        List<HeaderSample> samples = samples(connection, DatabaseKind.of(dialect), readable);
        if (samples != null) {
            doors.looked(readable, samples);
        }
        Set<EncryptedColumn> withPlaintext = new HashSet<>();
        for (HeaderSample sample : samples == null ? List.<HeaderSample>of() : samples) {
            if (sample.plaintexts() > 0 || !sample.legacyValues().isEmpty()) {
                withPlaintext.add(sample.column());
            }
            if (fits(real, sample.column(), dialect)) {
                findings.add(sample);
            }
        }
        if (real != null) {
            real.columns()
                    .forEach((column, found) -> findings.add(
                            ColumnRules.check(dialect, real, column, found, withPlaintext.contains(column))));
        }
        return samples != null;
    }

    private static boolean isReadable(@Nullable RealTable real, EncryptedColumn column) {
        RealColumn found = real == null ? null : real.columns().get(column);
        return found == null || found.kind() != ColumnKind.OTHER;
    }

    private static boolean fits(@Nullable RealTable real, EncryptedColumn column, Dialect dialect) {
        RealColumn found = real == null ? null : real.columns().get(column);
        return found == null || found.kind().fits(column.attribute().storage(), DatabaseKind.of(dialect));
    }

    /** @return null if they could not be taken */
    private static @Nullable List<HeaderSample> samples(
            Connection connection, DatabaseKind database, List<EncryptedColumn> columns) {
        if (columns.isEmpty()) {
            return List.of();
        }
        EncryptedTable table = columns.get(0).table();
        try {
            return HeaderSample.take(connection, database, columns, ROWS_OF_EACH_END, SECONDS_FOR_A_TABLE);
        } catch (SQLException e) {
            if (isMissing(e)) {
                LOG.infof("Table %s does not exist yet: its keys and columns were not checked.", table);
            } else {
                LOG.warnf(
                        "Table %s could not be looked at, so its keys were not checked: %s", table, DriverWords.of(e));
            }
            return null;
        }
    }

    private static boolean isMissing(SQLException e) {
        return e.getSQLState() != null && NO_SUCH_TABLE.contains(e.getSQLState());
    }
}
