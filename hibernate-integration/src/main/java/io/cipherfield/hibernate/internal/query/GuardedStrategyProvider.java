package io.cipherfield.hibernate.internal.query;

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

    private volatile boolean wanted = true;

    GuardedStrategyProvider(SqmMultiTableMutationStrategyProvider strategies) {
        this.strategies = strategies;
    }

    /** A factory without encrypted attributes has nothing to guard. */
    void disable() {
        wanted = false;
    }

    @Override
    public @Nullable SqmMultiTableMutationStrategy createMutationStrategy(
            EntityMappingType root, MappingModelCreationProcess process) {
        return GuardedStrategy.of(
                SqmMultiTableMutationStrategy.class, strategies.createMutationStrategy(root, process), () -> wanted);
    }

    @Override
    public @Nullable SqmMultiTableInsertStrategy createInsertStrategy(
            EntityMappingType root, MappingModelCreationProcess process) {
        return GuardedStrategy.of(
                SqmMultiTableInsertStrategy.class, strategies.createInsertStrategy(root, process), () -> wanted);
    }
}
