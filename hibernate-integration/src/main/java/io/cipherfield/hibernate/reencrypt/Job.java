package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldConfiguration;
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
            if (mode.writes()) {
                settings.listener().notice(everyInstanceNeedsTheKey());
            }
            try {
                return new JobRun(settings, mode, plan, connections).report(connection);
            } finally {
                if (mode.writes()) {
                    plan.tables().forEach(shape -> evict(shape.table()));
                }
            }
        });
    }

    private String everyInstanceNeedsTheKey() {
        return "The job writes values under key "
                + configuration.keyring().primary().id()
                + ". An instance of the application that does not have this key, at least to decrypt, cannot read them.";
    }

    Census census() {
        return connected((connections, connection) -> {
            Instant at = Instant.now();
            JobPlan plan = plan(connection);
            CensusTaker taker = new CensusTaker(connection, plan.database());
            List<CensusEntry> entries = new ArrayList<>();
            int columnCount = 0;
            for (TableShape shape : plan.tables()) {
                entries.addAll(taker.take(shape));
                columnCount += shape.columns().size();
            }
            return new Census(
                    configuration.keyring(), entries, columnCount, plan.tables().size(), at);
        });
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
