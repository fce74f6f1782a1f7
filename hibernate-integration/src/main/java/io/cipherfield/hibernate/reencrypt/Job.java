package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.internal.hazard.Hazard;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hibernate.Cache;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** A job from its first connection to its report: the plan, then table by table. */
record Job(
        SessionFactoryImplementor factory,
        CipherfieldConfiguration configuration,
        EncryptedColumns columns,
        List<Selection> selections,
        int pageSize,
        ConnectionSource source,
        Duration lockTimeout,
        Set<Hazard.Kind> allowed,
        ReencryptionListener listener) {

    private static final int SECONDS_FOR_COUNTING_ROWS = 30;

    Report report(Mode mode) {
        return connected(connection -> {
            Tally tally = new Tally(mode);
            JobPlan plan = plan(connection);
            plan.refuseUnreadableValues();
            if (mode != Mode.VERIFY) {
                plan.refuseUnsupportedKeys();
                plan.refuseMissingKeys(connection);
            }
            if (mode == Mode.RUN) {
                hazards(connection, plan).refuse(allowed);
            }
            for (TableShape shape : plan.tables()) {
                table(connection, plan.database(), shape, mode, tally);
            }
            return tally.report();
        });
    }

    private void table(JobConnection connection, DatabaseKind database, TableShape shape, Mode mode, Tally tally)
            throws SQLException {
        ProgressMeter meter = new ProgressMeter(listener, shape.table().name(), rowsTotal(connection, shape));
        try {
            if (shape.keyObstacle() == null) {
                TableJob.of(connection, database, shape, mode, pageSize).run(tally, meter);
            } else {
                Decider decider = new Decider(mode);
                FullScan.read(connection, shape, row -> {
                    decider.decide(shape, row);
                    tally.add(List.of(row), shape.columns().size());
                    meter.add(1);
                });
                meter.finish();
            }
        } finally {
            if (mode == Mode.RUN) {
                evict(shape.table());
            }
        }
    }

    Census census() {
        return connected(connection -> {
            JobPlan plan = plan(connection);
            return census(connection, plan, hazards(connection, plan));
        });
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
        return JobPlan.of(connection, database(), columns, selections);
    }

    /** An estimate for the progress alone, so a table that takes long to count goes without. */
    private static long rowsTotal(JobConnection connection, TableShape shape) throws SQLException {
        try (PreparedStatement statement =
                connection.prepare("select count(*) from " + shape.table().name())) {
            statement.setQueryTimeout(SECONDS_FOR_COUNTING_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        } catch (SQLException e) {
            return -1;
        } finally {
            connection.rollback();
        }
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
        try (JobConnection connection = JobConnection.open(source, new LockTimeout(database(), lockTimeout))) {
            return work.with(connection);
        } catch (SQLException e) {
            // Neither its message nor itself: a driver may quote the values of the statement that failed.
            throw new ReencryptionException(
                    "The database refused a statement of the job: SQLSTATE " + e.getSQLState()
                            + ", code " + e.getErrorCode() + " (" + e.getClass().getSimpleName()
                            + "). What was committed before stays, and the job can be run again. The database's own log tells more.");
        }
    }

    private interface Work<T> {
        T with(JobConnection connection) throws SQLException;
    }
}
