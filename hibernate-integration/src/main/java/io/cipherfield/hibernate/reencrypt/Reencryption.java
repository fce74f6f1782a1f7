package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.hazard.Hazard;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
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

    private static final int DEFAULT_PAGE_SIZE = 2_000;

    private final SessionFactoryImplementor factory;
    private final List<Selection> selections = new ArrayList<>();
    private int pageSize = DEFAULT_PAGE_SIZE;
    private final Set<Hazard.Kind> allowed = EnumSet.noneOf(Hazard.Kind.class);
    private Duration lockTimeout = LockTimeout.DEFAULT;
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
     * Rows of a page, that is of a transaction; {@value #DEFAULT_PAGE_SIZE} by default. A page of large values ends earlier.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Reencryption pageSize(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("A page must have one row at least, not " + rows);
        }
        pageSize = rows;
        return this;
    }

    /** Where connections come from instead of the factory: needed where the factory's take part in JTA transactions, or belong to tenants. */
    public Reencryption connections(DataSource newDataSource) {
        dataSource = newDataSource;
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

    /** Hears how far the job is. */
    public Reencryption listener(ReencryptionListener newListener) {
        listener = newListener;
        return this;
    }

    /** Rewrites all that is not under the key and the suite that encrypt. */
    public Report run() {
        return job().report(Mode.RUN);
    }

    /** Decrypts every value, of tables with any key, and changes nothing. */
    public Report verify() {
        return job().report(Mode.VERIFY);
    }

    /** What {@link #run()} would do; changes nothing. */
    public Report dryRun() {
        return job().report(Mode.DRY_RUN);
    }

    /** Counts keys and forms by the values' headers, decrypting nothing, in tables with any key. */
    public Census census() {
        return job().census();
    }

    private Job job() {
        return new Job(
                factory,
                factory.getServiceRegistry()
                        .requireService(CipherfieldService.class)
                        .configuration(),
                EncryptedColumns.of(factory),
                List.copyOf(selections),
                pageSize,
                connectionSource(),
                lockTimeout,
                Set.copyOf(allowed),
                listener);
    }

    private ConnectionSource connectionSource() {
        if (dataSource != null) {
            return ConnectionSource.of(dataSource);
        }
        if (factory.getSessionFactoryOptions().isMultiTenancyEnabled()) {
            throw new ReencryptionException(
                    "This EntityManagerFactory serves several tenants, and the job does not know which one is meant."
                            + " Run it once for each tenant, with that tenant's connections(dataSource).");
        }
        return ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess());
    }
}
