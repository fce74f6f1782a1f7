package io.cipherfield.hibernate.internal.catalogue;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/** Gives each service registry its {@link Catalogues}; found by the service loader. */
public final class CataloguesContributor implements ServiceContributor {

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        builder.addInitiator(new Initiator());
    }

    private static final class Initiator implements StandardServiceInitiator<Catalogues> {

        @Override
        public Class<Catalogues> getServiceInitiated() {
            return Catalogues.class;
        }

        @Override
        public Catalogues initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
            return new Catalogues();
        }
    }
}
