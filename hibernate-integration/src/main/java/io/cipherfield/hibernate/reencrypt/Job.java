package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.KeyId;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.internal.journal.DataSet;
import io.cipherfield.hibernate.internal.journal.IdleTransactionLimit;
import io.cipherfield.hibernate.internal.journal.Journal;
import io.cipherfield.hibernate.internal.journal.JournalException;
import io.cipherfield.hibernate.internal.journal.Lease;
import io.cipherfield.hibernate.internal.journal.RunDefinition;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hibernate.Cache;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** A job from its first connection to its report: the plan, then the tables, by as many workers as there may be. */
record Job(
        SessionFactoryImplementor factory,
        CipherfieldConfiguration configuration,
        EncryptedColumns columns,
        JobSettings settings,
        ConnectionSource source) {

    /** Fills one attribute from another one. */
    Report copy(Class<?> entity, String from, String to, boolean overwrite, Mode mode) {
        if (!settings.selections().isEmpty() || !settings.from().isEmpty()) {
            throw new ReencryptionException(
                    "Nothing was written. A copy names its attributes itself, and looks at every row: leave only(…)"
                            + " and from(…), --cipherfield.job.only and --cipherfield.job.from, out.");
        }
        Copy copy = Copy.of(factory, columns, entity, from, to, overwrite);
        Job job = new Job(factory, configuration, copy.columns(columns), settings.copying(copy), source);
        return job.report(mode);
    }

    Report report(Mode mode) {
        Journal journal = Journal.of(factory.getJdbcServices().getDialect(), settings.progressTable());
        Supplier<@Nullable IdleTransactionLimit> idleLimits =
                mode.writes() ? () -> journal.idleLimit(settings.leaseTime()) : () -> null;
        return connected(idleLimits, (connections, connection) -> {
            refuseUnknownKeys();
            refuseUselessAcceptance(mode);
            JobPlan plan = mode.rebinds() ? planToRebind(connection) : plan(connection);
            plan.refuseUnreadableValues();
            plan.refuseForPlaintext(mode);
            if (mode.copies()) {
                plan.refuseMovingRows();
            }
            LeftBefore left = leftBefore(mode, plan, journal, connection);
            if (mode != Mode.VERIFY) {
                plan.refuseUnsupportedKeys();
                plan.refuseMissingKeys(connection, settings.expectedFailures(), left);
            }
            JobHazards hazards = hazards(connection, plan);
            if (mode.writes()) {
                hazards.refuse(settings.allowed());
                if (rewritesLegacy(mode)) {
                    new FirstLook(plan, settings, left).require(connection);
                }
                if (mode == Mode.DECRYPT_ALL) {
                    hazards(connection, plan, TableShape::moves).refuseUnseenChanges();
                }
            }
            Acceptance acceptance = mode.writes() ? acceptance(plan, journal, connection) : null;
            Deciders deciders =
                    (one, shape) -> Decider.of(one, plan.database(), shape, mode, settings.from(), acceptance);
            try (WorkerConnection worker = new WorkerConnection(connections, settings.outage(), connection)) {
                if (mode.writes() && !isLegacyReadable(mode, connections, worker, left)) {
                    return Report.stoppedBefore(mode);
                }
                JobRun run = new JobRun(settings, mode, plan, deciders, connections, worker);
                Report report =
                        report(run, mode, plan, journal, worker, hazards).noting(hazards.notices());
                return report.end() == Report.End.DONE ? concluded(report, worker.get(), plan, hazards) : report;
            }
        });
    }

    /** A number of failures that somebody gave is that of all; and what a copy reads is in its source, of which nothing is recorded. */
    private LeftBefore leftBefore(Mode mode, JobPlan plan, Journal journal, JobConnection connection)
            throws SQLException {
        Fingerprints fingerprints = new Fingerprints(configuration.keyring());
        return settings.maxFailures() != null || mode == Mode.VERIFY || mode.copies()
                ? LeftBefore.nothing(fingerprints)
                : LeftBefore.read(
                        connection, plan, journal, RunDefinitions.data(settings, plan.tables()), fingerprints);
    }

    private Acceptance acceptance(JobPlan plan, Journal journal, JobConnection connection) throws SQLException {
        return Acceptance.of(
                settings.accepted(),
                plan,
                columns.all(),
                new Fingerprints(configuration.keyring()),
                journal,
                RunDefinitions.data(settings, plan.tables()),
                connection);
    }

    /** No value of another system has a context, or is under a key. */
    private boolean rewritesLegacy(Mode mode) {
        return !mode.rebinds() && settings.from().isEmpty();
    }

    /**
     * @return false if the job was stopped
     * @throws ReencryptionException if values cannot be read
     */
    private boolean isLegacyReadable(Mode mode, Connections connections, WorkerConnection worker, LeftBefore left)
            throws SQLException {
        if (!rewritesLegacy(mode)) {
            return true;
        }
        JobPlan plan = JobPlan.of(worker.get(), database(), columns, settings.selections(), LegacyCheck::concerns);
        if (plan.tables().isEmpty()) {
            return true;
        }
        LegacyCheck check = LegacyCheck.of(plan, settings);
        settings.listener().notice(check.announcement());
        // What a copy reads is in its source.
        Mode look = mode.copies() ? Mode.COPY_DRY_RUN : Mode.VERIFY;
        DecodedValues counted = new DecodedValues();
        Deciders deciders = (one, shape) -> Decider.ofLegacyCheck(counted, left);
        Report looked = new JobRun(settings, look, plan, deciders, connections, worker).look(check.mostFailures());
        check.require(looked, counted);
        return looked.end() == Report.End.DONE;
    }

    private Report report(
            JobRun run, Mode mode, JobPlan plan, Journal journal, WorkerConnection worker, JobHazards hazards)
            throws SQLException {
        if (!mode.writes()) {
            hazards.notices().forEach(settings.listener()::notice);
            return run.look(Long.MAX_VALUE);
        }
        RunDefinition definition = RunDefinitions.of(mode, configuration, settings, plan.tables());
        String owner = "process " + ManagementFactory.getRuntimeMXBean().getName();
        DataSet data = RunDefinitions.data(settings, plan.tables());
        Lease lease = journal.claim(worker.get().get(), definition, data, owner, settings.leaseTime());
        try {
            return run.write(lease, PositionCode.of(configuration), () -> {
                settings.listener().notice(notice(mode));
                hazards.notices().forEach(settings.listener()::notice);
            });
        } finally {
            plan.tables().forEach(shape -> evict(shape.table()));
        }
    }

    private Report concluded(Report report, JobConnection connection, JobPlan plan, JobHazards hazards) {
        Copy copy = settings.copy();
        if (copy != null) {
            return withRemainder(report, connection, plan, copy);
        }
        return report.mode().endsWithCensus() ? withCensus(report, connection, plan, hazards) : report;
    }

    private static Report withRemainder(Report report, JobConnection connection, JobPlan plan, Copy copy) {
        try {
            return report.with(CopyRemainder.count(connection, plan.tables(), copy), copy);
        } catch (SQLException e) {
            return report.withoutCensus(e.getSQLState());
        }
    }

    private Report withCensus(Report report, JobConnection connection, JobPlan plan, JobHazards hazards) {
        try {
            return report.with(census(connection, plan, hazards), settings.from());
        } catch (SQLException e) {
            return report.withoutCensus(e.getSQLState());
        }
    }

    private void refuseUnknownKeys() {
        for (KeyId key : settings.from()) {
            if (configuration.keyring().find(key) == null) {
                throw new ReencryptionException("Nothing was written. The key to leave, " + key
                        + ", is not in the ring: without it its values cannot be decrypted. Add it to "
                        + Setting.DECRYPT_ONLY_KEYS.environmentVariable() + " (" + Setting.DECRYPT_ONLY_KEYS.property()
                        + ").");
            }
        }
    }

    private void refuseUselessAcceptance(Mode mode) {
        if (!settings.accepted().isEmpty()
                && (mode != Mode.RUN || !settings.from().isEmpty())) {
            throw new ReencryptionException(
                    "Nothing was done. Values are accepted as plaintext by a run that encrypts all"
                            + " that is in clear: not by a job that only looks or decrypts, and not with from(…).");
        }
    }

    private String notice(Mode mode) {
        return switch (mode) {
            case DECRYPT_ALL -> everyInstanceMeetsPlaintext();
            case REBIND -> everyInstanceNeedsTheContext();
            default -> everyInstanceNeedsTheKey();
        };
    }

    private static String everyInstanceNeedsTheContext() {
        return "The job binds values to the present contexts of their attributes. An instance of the application that names these neither as"
                + " contexts nor in formerContexts, above all one of the version before the rename, cannot read them. Stop the job now if there"
                + " is one.";
    }

    private static String everyInstanceMeetsPlaintext() {
        return "The job stores values in clear. An instance of the application without plaintext=prepare or plaintext=allow"
                + " cannot read them.";
    }

    private String everyInstanceNeedsTheKey() {
        return "The job writes values under key "
                + configuration.keyring().primary().id()
                + ". An instance of the application that does not have this key, at least to decrypt, cannot read them."
                + " Stop the job now unless every instance, scheduled task and other reader of this database was started with it in "
                + Setting.KEY.environmentVariable() + " or " + Setting.DECRYPT_ONLY_KEYS.environmentVariable()
                + "; java -jar cipherfield-core-<version>.jar key-id tells the id of a key.";
    }

    /** Throws unless everything can be stored in clear, and a person has said that it shall. */
    void confirmDecryption(String confirmation) {
        connected(() -> null, (connections, connection) -> {
            JobPlan plan = plan(connection);
            plan.refuseForPlaintext(Mode.DECRYPT_ALL);
            Confirmation.of(plan.tables()).require(confirmation);
            return plan;
        });
    }

    Census census() {
        return connected(() -> null, (connections, connection) -> {
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
                configuration.keyring(),
                entries,
                Doors.of(plan.columns()),
                columnCount,
                plan.tables().size(),
                notSeen,
                hazards.hideRows(),
                at);
    }

    private static JobHazards hazards(JobConnection connection, JobPlan plan) throws SQLException {
        return hazards(connection, plan, shape -> true);
    }

    private static JobHazards hazards(JobConnection connection, JobPlan plan, Predicate<TableShape> which)
            throws SQLException {
        return JobHazards.find(
                connection,
                plan.database(),
                plan.tables().stream().filter(which).map(TableShape::columns).toList());
    }

    private DatabaseKind database() {
        return DatabaseKind.of(factory.getJdbcServices().getDialect());
    }

    private JobPlan plan(JobConnection connection) throws SQLException {
        return JobPlan.of(connection, database(), columns, settings.selections());
    }

    private JobPlan planToRebind(JobConnection connection) throws SQLException {
        EncryptedColumns renamed =
                columns.only(column -> !column.attribute().formerContexts().isEmpty());
        if (renamed.all().isEmpty()) {
            throw new ReencryptionException(
                    "Nothing was written. No encrypted attribute has formerContexts, so that there is nothing to"
                            + " rebind. Name the contexts from before the rename: @Encrypted(formerContexts = \"OldPatient.ssn\").");
        }
        return JobPlan.of(connection, database(), renamed, settings.selections());
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

    private <T> T connected(Supplier<@Nullable IdleTransactionLimit> idleLimits, Work<T> work) {
        Connections connections =
                new Connections(source, database(), settings.lockTimeout(), settings.patience(), idleLimits);
        try (JobConnection connection = connections.open()) {
            return work.with(connections, connection);
        } catch (JournalException e) {
            throw new ReencryptionException(String.valueOf(e.getMessage()), e);
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
