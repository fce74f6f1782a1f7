package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Cache;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** A job from its first connection to its report: the plan, then the tables, by as many workers as there may be. */
record Job(
        SessionFactoryImplementor factory,
        CipherfieldConfiguration configuration,
        EncryptedColumns columns,
        JobSettings settings,
        ConnectionSource source) {

    Report report(Mode mode) {
        return connected((connections, connection) -> {
            JobPlan plan = plan(connection);
            plan.refuseUnreadableValues();
            if (mode != Mode.VERIFY) {
                plan.refuseUnsupportedKeys();
                plan.refuseMissingKeys(connection, settings.maxFailures());
            }
            JobHazards hazards = hazards(connection, plan);
            if (mode.writes()) {
                hazards.refuse(settings.allowed());
                settings.listener().notice(everyInstanceNeedsTheKey());
            }
            hazards.notices().forEach(settings.listener()::notice);
            Report report = work(mode, plan, connections, connection).noting(hazards.notices());
            if (!mode.writes() || report.end() != Report.End.DONE) {
                return report;
            }
            try {
                return report.with(censusAtTheEnd(connections, connection, plan, hazards), settings.from());
            } catch (SQLException e) {
                return report.withoutCensus(e.getSQLState());
            }
        });
    }

    private Report work(Mode mode, JobPlan plan, Connections connections, JobConnection connection)
            throws SQLException {
        try {
            return new JobRun(settings, mode, plan, connections).report(connection);
        } finally {
            if (mode.writes()) {
                plan.tables().forEach(shape -> evict(shape.table()));
            }
        }
    }

    private String everyInstanceNeedsTheKey() {
        return "The job writes values under key "
                + configuration.keyring().primary().id()
                + ". An instance of the application that does not have this key, at least to decrypt, cannot read them."
                + " Stop the job now unless every instance, scheduled task and other reader of this database was started with it in "
                + Setting.KEY.environmentVariable() + " or " + Setting.DECRYPT_ONLY_KEYS.environmentVariable()
                + "; java -jar cipherfield-core-<version>.jar key-id tells the id of a key.";
    }

    Census census() {
        return connected((connections, connection) -> {
            JobPlan plan = plan(connection);
            return census(connection, plan, hazards(connection, plan));
        });
    }

    /** The first connection may have been lost on the way. */
    private Census censusAtTheEnd(Connections connections, JobConnection connection, JobPlan plan, JobHazards hazards)
            throws SQLException {
        if (connection.isValid()) {
            return census(connection, plan, hazards);
        }
        connection.closeQuietly();
        try (JobConnection another = connections.open()) {
            return census(another, plan, hazards);
        }
    }

    private Census census(JobConnection connection, JobPlan plan, JobHazards hazards) throws SQLException {
        Instant at = Instant.now();
        CensusTaker taker = new CensusTaker(connection, plan.database(), configuration.keyring());
        List<CensusEntry> entries = new ArrayList<>();
        int columnCount = 0;
        for (TableShape shape : plan.tables()) {
            entries.addAll(taker.take(shape));
            columnCount += shape.columns().size();
        }
        List<String> notSeen = new ArrayList<>(hazards.notSeen());
        int others = columns.all().size() - columnCount;
        if (others > 0) {
            notSeen.add("the other " + (others == 1 ? "encrypted column" : others + " encrypted columns")
                    + ", since the job was told to keep to some");
        }
        return new Census(
                configuration.keyring(), entries, columnCount, plan.tables().size(), notSeen, hazards.hideRows(), at);
    }

    private static JobHazards hazards(JobConnection connection, JobPlan plan) throws SQLException {
        return JobHazards.find(
                connection,
                plan.database(),
                plan.tables().stream().map(TableShape::columns).toList());
    }

    private DatabaseKind database() {
        return DatabaseKind.of(factory.getJdbcServices().getDialect());
    }

    private JobPlan plan(JobConnection connection) throws SQLException {
        return JobPlan.of(connection, database(), columns, settings.selections());
    }

    /** Cached entries hold ciphertext under the old key, which may leave the ring when the job is done. */
    private void evict(EncryptedTable table) {
        Cache cache = factory.getCache();
        table.entities().forEach(entity -> {
            cache.evictEntityData(entity);
            cache.evictNaturalIdData(entity);
        });
        table.collections().forEach(cache::evictCollectionData);
        cache.evictQueryRegions();
    }

    private <T> T connected(Work<T> work) {
        Connections connections = new Connections(source, database(), settings.lockTimeout(), settings.patience());
        try (JobConnection connection = connections.open()) {
            return work.with(connections, connection);
        } catch (SQLException e) {
            // Neither its message nor itself: a driver may quote the values of the statement that failed.
            throw new ReencryptionException(
                    "The database refused a statement of the job: SQLSTATE " + e.getSQLState()
                            + ", code " + e.getErrorCode() + " (" + e.getClass().getSimpleName()
                            + "). What was committed before stays, and the job can be run again. The database's own log tells more.");
        }
    }

    private interface Work<T> {
        T with(Connections connections, JobConnection connection) throws SQLException;
    }
}
