package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.Catalogues;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.MetadataWalk;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/** Makes the catalogue of encrypted columns while the boot metadata is at hand; found by the service loader. */
public final class CipherfieldIntegrator implements Integrator {

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        EncryptedColumns columns = MetadataWalk.columnsOf(metadata, factory);
        factory.getServiceRegistry().requireService(Catalogues.class).put(factory, columns);
        if (!columns.all().isEmpty()) {
            factory.addObserver(new StartupCheck(columns, EarlyLook.of(metadata, factory, columns)));
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
        registry.requireService(Catalogues.class).remove(factory);
    }
}
