package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.query.BindableType;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.query.spi.QueryParameterBinding;
import org.hibernate.query.spi.QueryParameterImplementor;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.MutationStatement;

/**
 * Guards one execution of a statement over several tables. Hibernate translates it by its own converter, so this does a
 * translation of its own first: once to give each parameter the type of the encrypted column that it meets, and once more,
 * now as Hibernate will do it, to see that nothing would be stored unencrypted.
 */
final class MultiTableGuard {

    private final SqmDmlStatement<?> statement;
    private final DomainParameterXref parameters;
    private final DomainQueryExecutionContext context;

    private MultiTableGuard(
            SqmDmlStatement<?> statement, DomainParameterXref parameters, DomainQueryExecutionContext context) {
        this.statement = statement;
        this.parameters = parameters;
        this.context = context;
    }

    static void check(
            SqmDmlStatement<?> statement, DomainParameterXref parameters, DomainQueryExecutionContext context) {
        MultiTableGuard guard = new MultiTableGuard(statement, parameters, context);
        guard.bind(guard.translate(GuardedTranslator.Mode.MULTI_TABLE_REPAIR));
        guard.translate(GuardedTranslator.Mode.MULTI_TABLE_CHECK);
    }

    private Map<QueryParameterImplementor<?>, JdbcMapping> translate(GuardedTranslator.Mode mode) {
        GuardedTranslator<MutationStatement> translator = new GuardedTranslator<>(
                statement,
                context.getQueryOptions(),
                parameters,
                context.getQueryParameterBindings(),
                context.getSession().getLoadQueryInfluencers(),
                creationContext(context.getSession().getFactory()),
                false,
                mode);
        translator.translate();
        parameters.clearExpansions();
        return translator.parameterTypes();
    }

    private void bind(Map<QueryParameterImplementor<?>, JdbcMapping> types) {
        types.forEach((parameter, type) -> {
            if (Encryption.of(type) != null && type instanceof BindableType<?> bindable) {
                bind(context.getQueryParameterBindings().getBinding(parameter), bindable);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> void bind(QueryParameterBinding<T> binding, BindableType<?> type) {
        if (binding.isBound() && !binding.isMultiValued()) {
            binding.setBindValue(binding.getBindValue(), (BindableType<T>) type);
        }
    }

    /** On Hibernate 6.6 the factory itself, on 7 one of its parts. */
    private static SqlAstCreationContext creationContext(Object factory) {
        if (factory instanceof SqlAstCreationContext context) {
            return context;
        }
        try {
            return (SqlAstCreationContext)
                    SessionFactoryImplementor.class.getMethod("getSqlTranslationEngine").invoke(factory);
        } catch (IllegalAccessException | NoSuchMethodException | InvocationTargetException e) {
            throw new IllegalStateException("This version of Hibernate is not supported", e);
        }
    }
}
