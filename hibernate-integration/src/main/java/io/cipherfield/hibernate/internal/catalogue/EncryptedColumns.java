package io.cipherfield.hibernate.internal.catalogue;

import jakarta.persistence.EntityManagerFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Every encrypted column of one SessionFactory, each physical column once. Immutable. */
public final class EncryptedColumns {

    private final List<EncryptedColumn> all;

    EncryptedColumns(List<EncryptedColumn> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Those of a factory, also of one that is wrapped in a proxy.
     *
     * @throws IllegalStateException if it is closed, or was started without this jar's integrator
     */
    public static EncryptedColumns of(EntityManagerFactory factory) {
        SessionFactoryImplementor sessionFactory = factory.unwrap(SessionFactoryImplementor.class);
        if (sessionFactory.isClosed()) {
            throw new IllegalStateException("This EntityManagerFactory is closed.");
        }
        return sessionFactory
                .getServiceRegistry()
                .requireService(Catalogues.class)
                .of(sessionFactory);
    }

    public List<EncryptedColumn> all() {
        return all;
    }

    /** Those that fit. */
    public EncryptedColumns only(Predicate<EncryptedColumn> which) {
        return new EncryptedColumns(all.stream().filter(which).toList());
    }

    /** By table, in the order in which the tables were found. */
    public Map<EncryptedTable, List<EncryptedColumn>> byTable() {
        return all.stream()
                .collect(Collectors.groupingBy(EncryptedColumn::table, LinkedHashMap::new, Collectors.toList()));
    }
}
