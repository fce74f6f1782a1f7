package io.cipherfield.hibernate.internal.query;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.cfg.QuerySettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.Value;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategyProvider;
import org.hibernate.query.sqm.sql.SqmTranslatorFactory;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Stops the start of a factory with encrypted attributes whose queries nothing guards, since some setting has replaced what
 * {@link QueryGuardContributor} installs; found by Hibernate's service loader.
 */
public final class QueryGuardCheck implements Integrator {

    /** For the service loader. */
    public QueryGuardCheck() {}

    @Override
    public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor sessionFactory) {
        List<EncryptedAttribute> encrypted = metadata.collectTableMappings().stream()
                .flatMap(QueryGuardCheck::encrypted)
                .toList();
        SqmMultiTableMutationStrategyProvider strategies =
                sessionFactory.getServiceRegistry().requireService(SqmMultiTableMutationStrategyProvider.class);
        // Another translator of the application's costs it the early refusals; its statements are guarded when executed
        if (sessionFactory.getSessionFactoryOptions().getCustomHqlTranslator() instanceof GuardedHqlTranslator hql) {
            hql.attach(sessionFactory, encrypted);
        }
        if (!encrypted.isEmpty()) {
            sessionFactory.addObserver(new Observer(encrypted.get(0)));
        } else if (strategies instanceof GuardedStrategyProvider guarded) {
            guarded.leaveAlone(sessionFactory);
        }
    }

    private static Stream<EncryptedAttribute> encrypted(Table table) {
        return table.getColumns().stream()
                .map(column -> encrypted(column.getValue()))
                .flatMap(Optional::stream);
    }

    private static Optional<EncryptedAttribute> encrypted(@Nullable Value value) {
        return value instanceof BasicValue basic && basic.getType() instanceof JdbcMapping mapping
                ? Optional.ofNullable(Encryption.of(mapping))
                : Optional.empty();
    }

    /** @throws ConfigurationException if the guard is not in place */
    static void check(SessionFactoryImplementor factory, EncryptedAttribute encrypted) {
        SqmTranslatorFactory translators = factory.getQueryEngine().getSqmTranslatorFactory();
        if (!(translators instanceof GuardedTranslatorFactory)) {
            throw new ConfigurationException(
                    Refusal.label(encrypted) + " is encrypted, but queries are translated by "
                            + translators.getClass().getName()
                            + " and not by Cipherfield, so nothing would keep HQL and Criteria statements from storing"
                            + " plaintext.",
                    "Remove the setting " + QuerySettings.SEMANTIC_QUERY_TRANSLATOR + ".");
        }
        if (!EachFormEnvironment.isInstalled(factory.getJdbcServices().getJdbcEnvironment())) {
            throw new ConfigurationException(
                    Refusal.label(encrypted)
                            + " is encrypted, but another service has replaced Cipherfield's JdbcEnvironment, so"
                            + " a load by natural id would miss rows while a key is rotated.",
                    "Remove that service.");
        }
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (!GuardedStrategy.guards(entity.getSqmMultiTableMutationStrategy())
                    || !GuardedStrategy.guards(entity.getSqmMultiTableInsertStrategy())) {
                throw new ConfigurationException(
                        Refusal.label(encrypted) + " is encrypted, but statements over the several tables of "
                                + entity.getEntityName()
                                + " are not guarded by Cipherfield: another service has replaced its"
                                + " SqmMultiTableMutationStrategyProvider.",
                        "Remove that service, or set its strategy by"
                                + " hibernate.query.mutation_strategy and hibernate.query.insert_strategy instead.");
            }
        });
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessionFactory, SessionFactoryServiceRegistry services) {
        // Nothing to undo: the observer goes with the factory
    }

    private static final class Observer implements SessionFactoryObserver {

        private static final long serialVersionUID = 1L;

        private final transient EncryptedAttribute encrypted;

        Observer(EncryptedAttribute encrypted) {
            this.encrypted = encrypted;
        }

        @Override
        public void sessionFactoryCreated(SessionFactory factory) {
            SessionFactoryImplementor built = factory.unwrap(SessionFactoryImplementor.class);
            check(built, encrypted);
            NamedQueryCheck.check(built);
            if (built.getQueryEngine().getHqlTranslator() instanceof GuardedHqlTranslator hql) {
                hql.startChecking();
            }
        }
    }
}
