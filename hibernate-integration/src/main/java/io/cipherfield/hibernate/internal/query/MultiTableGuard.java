package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.internal.version.QueryInternals;
import java.util.Map;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.query.spi.QueryParameterBinding;
import org.hibernate.query.spi.QueryParameterImplementor;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
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
                QueryInternals.creationContext(context.getSession().getFactory()),
                false,
                mode);
        translator.translate();
        parameters.clearExpansions();
        return translator.parameterTypes();
    }

    private void bind(Map<QueryParameterImplementor<?>, JdbcMapping> types) {
        types.forEach((parameter, type) -> {
            QueryParameterBinding<?> binding =
                    context.getQueryParameterBindings().getBinding(parameter);
            if (Encryption.of(type) != null && binding.isBound() && !binding.isMultiValued()) {
                QueryInternals.bind(binding, binding.getBindValue(), type);
            }
        });
    }
}
