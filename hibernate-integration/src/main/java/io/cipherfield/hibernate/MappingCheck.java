package io.cipherfield.hibernate;

import java.util.List;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Refuses mappings in which encryption could not work, or not safely, before the first table is created; found by Hibernate's service loader.
 * It looks at the finished metadata, since a type sees only its own attribute, and since Hibernate hides what an attribute binder throws.
 */
public final class MappingCheck implements Integrator {

    /** For the service loader. */
    public MappingCheck() {}

    @Override
    public void integrate(
            Metadata metadata, BootstrapContext bootstrapContext, SessionFactoryImplementor sessionFactory) {
        List<MappedAttribute> attributes = MappingWalk.attributes(metadata);
        if (!attributes.isEmpty()) {
            attributes.forEach(mapped -> EncryptedBasicType.give(mapped.value()));
            attributes.forEach(mapped -> EncryptedColumnBinder.redeclare(mapped.attribute(), mapped.value()));
            attributes.forEach(MappingRules::check);
            FormatMapperRule.check(attributes, sessionFactory.getSessionFactoryOptions());
            ReferenceRules.check(metadata, attributes);
            SharedColumnRules.check(metadata);
            SqlConditionRules.check(metadata, attributes);
            ContextRules.check(attributes);
            CipherfieldService service = sessionFactory.getServiceRegistry().requireService(CipherfieldService.class);
            PlaintextWarning.log(attributes, service);
            LegacyWarning.log(attributes, service);
            // Envers copies a column's length for its audit tables, and not its collation.
            attributes.forEach(mapped -> EncryptedColumnBinder.collate(
                    mapped.attribute(), mapped.value(), metadata.getDatabase().getDialect()));
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessionFactory, SessionFactoryServiceRegistry serviceRegistry) {}
}
