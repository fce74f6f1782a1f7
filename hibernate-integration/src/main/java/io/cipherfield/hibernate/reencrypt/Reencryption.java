package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.KeyId;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.hazard.Hazard;
import io.cipherfield.hibernate.internal.journal.Journal;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Mass re-encryption: {@code Reencryption.of(entityManagerFactory).run()} brings every encrypted value to the key that encrypts,
 * while the application goes on reading and writing. It can be run again at any time, and then rewrites what is left.
 *
 * <p>It works by JDBC below the ORM: no listener fires, no version moves, no other column changes. A value is only replaced if
 * it still is what was read, so that nothing that the application writes meanwhile is lost. A value that does not decrypt is
 * reported and left as it is.
 *
 * <p>For use by one thread. Each of the jobs throws {@link ReencryptionException} if it cannot start or go on, and
 * {@link io.cipherfield.ConfigurationException} if the ring lacks a key that the values need.
 */
public final class Reencryption {

    private final SessionFactoryImplementor factory;
    private final List<Selection> selections = new ArrayList<>();
    private final Set<Hazard.Kind> allowed = EnumSet.noneOf(Hazard.Kind.class);
    private final Set<KeyId> from = new LinkedHashSet<>();
    private final List<Object> tenants = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private int parallelism = 1;
    private PageLimits pages = PageLimits.DEFAULT;
    private int smallestRange = KeySampler.SMALLEST_RANGE;
    private int maxRowsPerSecond = RateLimiter.UNLIMITED;
    private @Nullable Long maxFailures;
    private Throttle throttle = () -> null;
    private ReencryptionControl control = new ReencryptionControl();
    private Duration lockTimeout = LockTimeout.DEFAULT;
    private @Nullable String progressTable;
    private Duration leaseTime = JobSettings.DEFAULT_LEASE_TIME;
    private Duration patience = JobSettings.DEFAULT_PATIENCE;
    private Duration outage = JobSettings.DEFAULT_OUTAGE;
    private boolean overwrite;
    private @Nullable DataSource dataSource;
    private ReencryptionListener listener = progress -> {};

    private Reencryption(SessionFactoryImplementor factory) {
        this.factory = factory;
    }

    /** A job over all encrypted columns of a factory. */
    public static Reencryption of(EntityManagerFactory factory) {
        return new Reencryption(factory.unwrap(SessionFactoryImplementor.class));
    }

    /** Keeps the job to the columns that an entity's instances have, those of superclasses and collections included. May be called again for more. */
    public Reencryption only(Class<?> entity) {
        selections.add(new Selection(entity, null));
        return this;
    }

    /**
     * Keeps the job to one attribute. May be called again for more.
     *
     * @param attribute its path, for example {@code address.street}, or that of an embedded whole or a collection
     */
    public Reencryption only(Class<?> entity, String attribute) {
        selections.add(new Selection(entity, attribute));
        return this;
    }

    /**
     * Keeps the job to values under these keys, for example one that leaked; all others stay, and count as current. May be
     * called again for more.
     *
     * @throws ReencryptionException from the job, if the ring lacks one of them
     */
    public Reencryption from(KeyId... keys) {
        from.addAll(List.of(keys));
        return this;
    }

    /**
     * How many workers go through the tables at once, 1 by default. Each holds one connection, and one is left to the application:
     * if the pool has not as many, there are fewer workers, and the report says so.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Reencryption parallelism(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("There must be one worker at least, not " + workers);
        }
        parallelism = workers;
        return this;
    }

    /**
     * Rows that all workers together read in a second at most; without a limit by default. They flow evenly: time that a pause
     * left unused is not made up for.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Reencryption maxRowsPerSecond(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("One row a second is the least, not " + rows);
        }
        maxRowsPerSecond = rows;
        return this;
    }

    /** Rows of each page, that is of a transaction, however long it takes: instead of {@link #pageSize(int, int)} and {@link #pageTime}. */
    public Reencryption pageSize(int rows) {
        return pageSize(rows, rows);
    }

    /**
     * Between which numbers of rows the size of a page may move, so that it takes its {@linkplain #pageTime time}; 100 and 10,000 by
     * default. A page of large values ends earlier, and one that met time-outs or deadlocks is made smaller.
     *
     * @throws IllegalArgumentException if the least is less than 1, or more than the most
     */
    public Reencryption pageSize(int atLeast, int atMost) {
        pages = pages.withRows(atLeast, atMost);
        return this;
    }

    /**
     * How long a page, and with it the locks on its rows, should take; 250 ms by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Reencryption pageTime(Duration target) {
        pages = pages.withTime(target);
        return this;
    }

    /** Holds the job back while it has a reason to; {@link Throttle#and} joins several. */
    public Reencryption throttle(Throttle newThrottle) {
        throttle = newThrottle;
        return this;
    }

    /** Pauses, resumes and stops the job from another thread. */
    public Reencryption control(ReencryptionControl newControl) {
        control = newControl;
        return this;
    }

    /**
     * How many values may fail; with one more, a run ends before that page is written. 1,000 by default. A run does not start if a
     * first look finds that the ring lacks a key which more values than that need (by default, more than one).
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Reencryption maxFailures(long values) {
        if (values < 0) {
            throw new IllegalArgumentException("A number of values cannot be " + values);
        }
        maxFailures = values;
        return this;
    }

    /**
     * Lets {@link #run()} take a value for plaintext that starts like a ciphertext, or like a value of a legacy reader, and that an earlier run therefore
     * left as it is. It does so only if the value is still the same, if nobody can read it as what it looks like, and if its attribute
     * reads plaintext ({@code plaintext = ALLOW}). May be called again for more.
     *
     * @param place as the report names it, {@code patient.note, row 7}: {@code table_name}, {@code column_name} and {@code row_key} of
     *     {@code cipherfield_quarantine}; with {@link #tenants} the tenant is in front, as in the report
     * @throws ReencryptionException from the job, before anything is written, if no run left a value there
     */
    public Reencryption acceptPlaintext(String place) {
        accepted.add(place.strip());
        return this;
    }

    /**
     * Where there is multi-tenancy, whose data the job takes, one tenant after the other, with connections of the factory's own
     * {@code MultiTenantConnectionProvider}. May be called again for more.
     */
    public Reencryption tenants(Object... ids) {
        tenants.addAll(List.of(ids));
        return this;
    }

    /** Where connections come from instead of the factory: needed where the factory's take part in JTA transactions, or belong to tenants. */
    public Reencryption connections(DataSource newDataSource) {
        dataSource = newDataSource;
        return this;
    }

    /**
     * The table in which a run keeps how far it is, {@code cipherfield_reencryption} in the connection's schema by default. It and
     * the two beside it are created if they are missing.
     *
     * @param name as SQL writes it, qualified or quoted where it has to be
     */
    public Reencryption progressTable(String name) {
        progressTable = name;
        return this;
    }

    /** The statements that create the tables of {@link #progressTable}, for those whose job may not. */
    public List<String> progressTableDdl() {
        return Journal.of(factory.getJdbcServices().getDialect(), progressTable).ddl();
    }

    /** After which a run that says nothing counts as dead, so that another one may take its place. */
    Reencryption leaseTime(Duration time) {
        leaseTime = time;
        return this;
    }

    /** How many rows are worth a range of their own. */
    Reencryption smallestRange(int rows) {
        smallestRange = rows;
        return this;
    }

    /** How long a page waits for a lock, in steps of seconds on MariaDB. */
    Reencryption lockTimeout(Duration limit) {
        lockTimeout = limit;
        return this;
    }

    /**
     * Lets the job write to tables whose triggers or rules fire with each row that it rewrites, as if the application had changed the values;
     * and to those of which the database does not show this user whether they have some. Without it such a job refuses to start, and names them.
     */
    public Reencryption allowTriggers() {
        allowed.add(Hazard.Kind.TRIGGER);
        return this;
    }

    /**
     * Lets the job write to system-versioned tables, whose history keeps the old version of each row that it rewrites, under the old key.
     * Without it such a job refuses to start, and names them.
     */
    public Reencryption allowVersionedHistory() {
        allowed.add(Hazard.Kind.HISTORY);
        return this;
    }

    /**
     * Lets {@link #copy} replace values of the encrypted attribute that differ from the plain one, and clear those whose plain one is null. It is for the time
     * before the application reads the encrypted attribute; afterwards it would put old values in the place of new ones.
     */
    public Reencryption overwrite() {
        overwrite = true;
        return this;
    }

    /** How long to wait for connections that the job can do without, and for a database that is away. */
    Reencryption patience(Duration forConnections, Duration forOutages) {
        patience = forConnections;
        outage = forOutages;
        return this;
    }

    /** Hears how far the job is. */
    public Reencryption listener(ReencryptionListener newListener) {
        listener = newListener;
        return this;
    }

    /** Rewrites all that is not under the key and the suite that encrypt; not of attributes that are written in clear ({@code plaintext=prepare}). */
    public Report run() {
        return report(job -> job.report(Mode.RUN));
    }

    /** Decrypts every value, of tables with any key, and changes nothing. Its notes say of which attributes the formerContexts can be taken out. */
    public Report verify() {
        return report(job -> job.report(Mode.VERIFY));
    }

    /** What {@link #run()} would do, also where {@code plaintext=prepare} keeps it from doing so yet; changes nothing. */
    public Report dryRun() {
        return report(job -> job.report(Mode.DRY_RUN));
    }

    /**
     * Binds to the present context of its attribute what is bound to one of its {@link io.cipherfield.hibernate.Encrypted#formerContexts()
     * formerContexts}, of all attributes that have some. No header tells the context, so that each value is decrypted. What it rewrites is under the key that
     * encrypts; all else stays as it is. May be run again, and then does what is left.
     *
     * @throws ReencryptionException also, before anything is written, if no attribute has formerContexts
     */
    public Report rebind() {
        return report(job -> job.report(Mode.REBIND));
    }

    /** Whether an attribute of this factory has formerContexts, without which there is nothing to {@linkplain #rebind() rebind}. */
    public boolean hasFormerContexts() {
        return EncryptedColumns.of(factory).all().stream()
                .anyMatch(column -> !column.attribute().formerContexts().isEmpty());
    }

    /** What {@link #rebind()} would do; changes nothing. Its notes say of which attributes the formerContexts can be taken out. */
    public Report rebindDryRun() {
        return report(job -> job.report(Mode.REBIND_DRY_RUN));
    }

    /**
     * Fills an encrypted attribute from a plain one of the same Java type in the same table, for types whose plain column has another kind than the encrypted
     * one: numbers, dates, JSON. A row is written only if the encrypted attribute still is null, or what was read, and the plain one still is what was
     * read. Where both hold a value, and not the same, it fails and stays, unless {@link #overwrite()} was asked for. The plain attribute is never written.
     * May be run again, and then does what is left.
     *
     * <p>If the encrypted attribute names {@link io.cipherfield.hibernate.Encrypted#legacy() legacy} readers, the plain one holds what another system
     * encrypted, as String, {@code byte[]}, BigDecimal or BigInteger, and need not have its type.
     *
     * @param from the plain attribute's path, for example {@code born} or {@code address.born}
     * @param to the encrypted attribute's path
     * @throws ReencryptionException also, before anything is written, if these two cannot be copied, with the reason
     */
    public Report copy(Class<?> entity, String from, String to) {
        return report(job -> job.copy(entity, from, to, overwrite, Mode.COPY));
    }

    /** What {@link #copy} would do; changes nothing. */
    public Report copyDryRun(Class<?> entity, String from, String to) {
        return report(job -> job.copy(entity, from, to, overwrite, Mode.COPY_DRY_RUN));
    }

    /**
     * Stores every value in clear: the way out for those who leave, when {@code plaintext=prepare} is on for each of the attributes. Values whose
     * plaintext could not be read again from its column fail and stay encrypted. May be run again, and then does what is left.
     *
     * @param confirmation the words that the refusal of any other ones prints, after the columns that it names
     * @throws ReencryptionException also, with the list and before anything is written, if one of the attributes cannot go back, because a plain
     *     column of its type has another kind, or is still written encrypted; {@link #only(Class, String)} keeps the job to others
     */
    public Report decryptAll(String confirmation) {
        return report(job -> {
            job.confirmDecryption(confirmation);
            return job.report(Mode.DECRYPT_ALL);
        });
    }

    /** Counts keys and forms by the values' headers, decrypting nothing, in tables with any key. */
    public Census census() {
        return tenants.isEmpty()
                ? job("", connectionSource(), listener, accepted).census()
                : Census.of(tenants, tenant -> job(tenant).census());
    }

    private Report report(Function<Job, Report> action) {
        if (!tenants.isEmpty()) {
            Tenants.requireKnown(tenants, accepted);
        }
        return tenants.isEmpty()
                ? action.apply(job("", connectionSource(), listener, accepted))
                : Tenants.reports(tenants, tenant -> action.apply(job(tenant)));
    }

    private Job job(Object tenant) {
        return job(
                String.valueOf(tenant),
                tenantsSource(tenant),
                Tenants.listener(tenant, listener),
                Tenants.of(tenant, accepted));
    }

    private Job job(String tenant, ConnectionSource source, ReencryptionListener heard, List<String> acceptedPlaces) {
        return new Job(
                factory,
                factory.getServiceRegistry()
                        .requireService(CipherfieldService.class)
                        .configuration(),
                EncryptedColumns.of(factory),
                settings(tenant, heard, acceptedPlaces),
                source);
    }

    JobSettings settings(String tenant, ReencryptionListener heard, List<String> acceptedPlaces) {
        return new JobSettings(
                tenant,
                List.copyOf(selections),
                Set.copyOf(from),
                parallelism,
                pages,
                smallestRange,
                maxRowsPerSecond,
                maxFailures,
                throttle,
                control,
                new SerialListener(heard),
                List.copyOf(acceptedPlaces),
                progressTable,
                leaseTime,
                lockTimeout,
                Set.copyOf(allowed),
                patience,
                outage,
                null);
    }

    private ConnectionSource connectionSource() {
        if (dataSource != null) {
            return ConnectionSource.of(dataSource);
        }
        if (factory.getSessionFactoryOptions().isMultiTenancyEnabled()) {
            throw new ReencryptionException(
                    "This EntityManagerFactory serves several tenants, and the job does not know which one is meant."
                            + " Name them with tenants(ids), or run it once for each, with that tenant's connections(dataSource).");
        }
        return ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess());
    }

    @SuppressWarnings("unchecked")
    private ConnectionSource tenantsSource(Object tenant) {
        MultiTenantConnectionProvider<Object> provider =
                factory.getServiceRegistry().getService(MultiTenantConnectionProvider.class);
        if (provider == null) {
            throw new ReencryptionException(
                    "This EntityManagerFactory has no MultiTenantConnectionProvider, so that it cannot"
                            + " connect to the database of the tenant " + tenant + ". Leave tenants(…) out.");
        }
        return ConnectionSource.of(provider, tenant);
    }
}
