package io.cipherfield.hibernate.internal.collection;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.persister.internal.PersisterClassResolverInitiator;
import org.hibernate.persister.spi.PersisterClassResolver;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/**
 * Installs {@link CollectionPersisters} in front of the resolver that the application or Hibernate has; found by Hibernate's service
 * loader. {@link CollectionPersisterCheck} sees to it that nothing has taken its place.
 */
public final class CollectionPersistersContributor implements ServiceContributor {

    /** For the service loader. */
    public CollectionPersistersContributor() {}

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        builder.addInitiator(new Initiator());
    }

    private static final class Initiator implements StandardServiceInitiator<PersisterClassResolver> {

        @Override
        public Class<PersisterClassResolver> getServiceInitiated() {
            return PersisterClassResolver.class;
        }

        @Override
        public PersisterClassResolver initiateService(
                Map<String, Object> settings, ServiceRegistryImplementor registry) {
            return new CollectionPersisters(
                    PersisterClassResolverInitiator.INSTANCE.initiateService(settings, registry));
        }
    }
}
