package io.cipherfield.hibernate.internal.collection;

import io.cipherfield.ConfigurationException;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.mapping.Collection;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Refuses collections whose rows are found by encrypted values and whose statements are not ours to write, since a change could then
 * touch no row and be lost; found by Hibernate's service loader.
 */
public final class CollectionPersisterCheck implements Integrator {

    /** For the service loader. */
    public CollectionPersisterCheck() {}

    @Override
    public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor sessionFactory) {
        List<Collection> encrypted = metadata.getCollectionBindings().stream()
                .filter(collection -> !EncryptedAddress.of(collection).isEmpty())
                .toList();
        encrypted.forEach(CollectionPersisterCheck::check);
        List<String> roles = encrypted.stream().map(Collection::getRole).toList();
        if (!roles.isEmpty()) {
            sessionFactory.addObserver(new Observer(roles));
        }
    }

    private static void check(Collection collection) {
        if (collection.getSoftDeleteColumn() != null) {
            throw refuse(
                    collection.getRole(),
                    "it has @SoftDelete, whose statements would not find rows that were written under another key",
                    "Leave @SoftDelete out, or use a List.");
        }
        if (!collection.isOneToMany()
                && (collection.getCustomSQLDelete() != null || collection.getCustomSQLUpdate() != null)) {
            throw refuse(
                    collection.getRole(),
                    "it has an @SQLDelete or @SQLUpdate of its own, which would not find rows that were written under another key",
                    "Leave @SQLDelete and @SQLUpdate out, or use a List.");
        }
    }

    private static ConfigurationException refuse(String role, String reason, String alternative) {
        return new ConfigurationException(
                "The rows of the collection " + role + " are found by encrypted values, and " + reason + ".",
                alternative);
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessionFactory, SessionFactoryServiceRegistry services) {
        // Nothing to undo: the observer goes with the factory
    }

    private static final class Observer implements SessionFactoryObserver {

        private static final long serialVersionUID = 1L;

        private final transient List<String> roles;

        Observer(List<String> roles) {
            this.roles = roles;
        }

        @Override
        public void sessionFactoryCreated(SessionFactory factory) {
            for (String role : roles) {
                CollectionPersister persister = factory.unwrap(SessionFactoryImplementor.class)
                        .getMappingMetamodel()
                        .getCollectionDescriptor(role);
                if (!(persister instanceof EncryptedRowsPersister || persister instanceof EncryptedKeysPersister)) {
                    throw refuse(
                            role,
                            "its rows are written by " + persister.getClass().getName()
                                    + ", which would not find those that were written under another key",
                            "Leave the @Persister or the PersisterClassResolver out, or use a List.");
                }
            }
        }
    }
}
