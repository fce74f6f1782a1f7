package io.cipherfield.hibernate.internal.query;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.QuerySettings;
import org.hibernate.query.sqm.mutation.internal.SqmMultiTableMutationStrategyProviderStandard;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategyProvider;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/**
 * Installs the query guard; found by Hibernate's service loader. A translator that the application has set stays, and
 * {@link QueryGuardCheck} then stops the start if anything is encrypted.
 */
public final class QueryGuardContributor implements ServiceContributor {

    /** For the service loader. */
    public QueryGuardContributor() {}

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        if (builder.getSettings().get(QuerySettings.SEMANTIC_QUERY_TRANSLATOR) == null) {
            // The name and not an instance, which Hibernate would cast to a string
            builder.applySetting(QuerySettings.SEMANTIC_QUERY_TRANSLATOR, GuardedTranslatorFactory.class.getName());
        }
        if (builder.getSettings().get(QuerySettings.SEMANTIC_QUERY_PRODUCER) == null) {
            builder.applySetting(QuerySettings.SEMANTIC_QUERY_PRODUCER, GuardedHqlTranslator.class.getName());
        }
        builder.addInitiator(new StrategyProviderInitiator());
        builder.addInitiator(new EachFormEnvironment());
    }

    private static final class StrategyProviderInitiator
            implements StandardServiceInitiator<SqmMultiTableMutationStrategyProvider> {

        @Override
        public Class<SqmMultiTableMutationStrategyProvider> getServiceInitiated() {
            return SqmMultiTableMutationStrategyProvider.class;
        }

        @Override
        public SqmMultiTableMutationStrategyProvider initiateService(
                Map<String, Object> settings, ServiceRegistryImplementor registry) {
            return new GuardedStrategyProvider(new SqmMultiTableMutationStrategyProviderStandard());
        }
    }
}
