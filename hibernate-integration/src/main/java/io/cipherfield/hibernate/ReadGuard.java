package io.cipherfield.hibernate;

import io.cipherfield.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.jdbc.internal.JdbcServicesImpl;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;
import org.hibernate.sql.exec.spi.JdbcSelectExecutor;

/**
 * Stands where Hibernate reads rows and cache entries, and hands each read that fails to {@link FailedRead}; found by Hibernate's service loader.
 * Every select of every kind of session passes the executor; entries of the second-level cache pass the listeners.
 * Before a flush, {@link AlteredNaturalIds} looks at the entities.
 */
public final class ReadGuard implements ServiceContributor, Integrator {

    /** For the service loader. */
    public ReadGuard() {}

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        builder.addInitiator(new Initiator());
    }

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        List<MappedAttribute> attributes = MappingWalk.attributes(metadata);
        if (attributes.isEmpty()) {
            return;
        }
        if (!(factory.getJdbcServices() instanceof Services)) {
            throw new ConfigurationException(
                    attributes.get(0).name() + " is encrypted, but another service, "
                            + factory.getJdbcServices().getClass().getName()
                            + ", has replaced Cipherfield's JdbcServices, so that after a failed read the session could hand"
                            + " out half of an entity and write it back.",
                    "Remove that service.");
        }
        EventListenerRegistry registry = factory.getEventEngine().getListenerRegistry();
        registry.setListeners(EventType.LOAD, new GuardedLoads(listeners(registry, EventType.LOAD)));
        registry.setListeners(
                EventType.INIT_COLLECTION, new GuardedCollectionLoads(listeners(registry, EventType.INIT_COLLECTION)));
        registry.prependListeners(EventType.FLUSH_ENTITY, AlteredNaturalIds.of(attributes));
    }

    private static <T> List<T> listeners(EventListenerRegistry registry, EventType<T> type) {
        List<T> listeners = new ArrayList<>();
        registry.getEventListenerGroup(type).listeners().forEach(listeners::add);
        return listeners;
    }

    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {}

    private static final class Initiator implements StandardServiceInitiator<JdbcServices> {

        @Override
        public Class<JdbcServices> getServiceInitiated() {
            return JdbcServices.class;
        }

        @Override
        public JdbcServices initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
            return new Services();
        }
    }

    private static final class Services extends JdbcServicesImpl {

        private final JdbcSelectExecutor executor = GuardedSelects.of(super.getJdbcSelectExecutor());

        @Override
        public JdbcSelectExecutor getJdbcSelectExecutor() {
            return executor;
        }
    }
}
