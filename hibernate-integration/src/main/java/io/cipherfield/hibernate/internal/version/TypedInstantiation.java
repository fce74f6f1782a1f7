package io.cipherfield.hibernate.internal.version;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.sql.results.graph.DomainResult;
import org.hibernate.sql.results.graph.DomainResultCreationState;
import org.hibernate.sql.results.graph.instantiation.internal.ArgumentDomainResult;
import org.hibernate.sql.results.graph.instantiation.internal.DynamicInstantiation;
import org.hibernate.sql.results.graph.instantiation.internal.DynamicInstantiationArgument;
import org.hibernate.sql.results.graph.instantiation.internal.DynamicInstantiationResultImpl;

/**
 * {@code select new View(…)} with arguments that name their Java types, see {@link TypedResult}. The arguments stay with Hibernate's
 * own instantiation, since the method that adds one differs between the versions.
 */
public final class TypedInstantiation<T> extends DynamicInstantiation<T> {

    private final DynamicInstantiation<T> untyped;

    public TypedInstantiation(DynamicInstantiation<T> untyped) {
        super(untyped.getNature(), untyped.getTargetJavaType());
        this.untyped = untyped;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public List<DynamicInstantiationArgument> getArguments() {
        return untyped.getArguments();
    }

    @Override
    public DomainResult<T> createDomainResult(String variable, DomainResultCreationState state) {
        List<ArgumentDomainResult<?>> results = new ArrayList<>();
        for (DynamicInstantiationArgument<?> argument : getArguments()) {
            results.add(new ArgumentDomainResult<>(new TypedResult<>(argument.buildArgumentDomainResult(state))));
        }
        return new DynamicInstantiationResultImpl<>(variable, getNature(), getTargetJavaType(), results);
    }
}
