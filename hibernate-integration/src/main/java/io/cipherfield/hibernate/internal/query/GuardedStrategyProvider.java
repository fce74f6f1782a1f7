package io.cipherfield.hibernate.internal.query;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.internal.MappingModelCreationProcess;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableInsertStrategy;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategy;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategyProvider;
import org.jspecify.annotations.Nullable;

/** Guards the strategies for statements over several tables, which Hibernate translates without its translator factory. */
final class GuardedStrategyProvider implements SqmMultiTableMutationStrategyProvider {

    private static final long serialVersionUID = 1L;

    private final transient SqmMultiTableMutationStrategyProvider strategies;

    /** Several factories may share the registry that this belongs to. */
    private final transient Set<SessionFactoryImplementor> unguarded =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    GuardedStrategyProvider(SqmMultiTableMutationStrategyProvider strategies) {
        this.strategies = strategies;
    }

    /** A factory without encrypted attributes has nothing to guard. */
    void leaveAlone(SessionFactoryImplementor factory) {
        unguarded.add(factory);
    }

    @Override
    public @Nullable SqmMultiTableMutationStrategy createMutationStrategy(
            EntityMappingType root, MappingModelCreationProcess process) {
        return GuardedStrategy.of(
                SqmMultiTableMutationStrategy.class,
                strategies.createMutationStrategy(root, process),
                unguarded::contains);
    }

    @Override
    public @Nullable SqmMultiTableInsertStrategy createInsertStrategy(
            EntityMappingType root, MappingModelCreationProcess process) {
        return GuardedStrategy.of(
                SqmMultiTableInsertStrategy.class, strategies.createInsertStrategy(root, process), unguarded::contains);
    }
}
