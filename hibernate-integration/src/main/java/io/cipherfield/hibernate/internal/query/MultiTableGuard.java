package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.query.spi.QueryParameterBinding;
import org.hibernate.query.spi.QueryParameterImplementor;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.sql.ast.tree.MutationStatement;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/**
 * Guards one execution of a statement over several tables. Hibernate translates it by its own converter, so this does a
 * translation of its own first: once to give each parameter the type of the encrypted column that it meets, and once more,
 * now as Hibernate will do it, to see that nothing would be stored unencrypted.
 */
final class MultiTableGuard {

    private static final String UNSUPPORTED = "This version of Hibernate is not supported";
    private static final Method SET_BIND_VALUE = setBindValue();

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
                CreationContexts.forSql(context.getSession().getFactory()),
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
                call(SET_BIND_VALUE, binding, binding.getBindValue(), type);
            }
        });
    }

    /** {@code setBindValue(value, type)}; the type's interface has another package on 6.6 than on 7. */
    private static Method setBindValue() {
        return Arrays.stream(QueryParameterBinding.class.getMethods())
                .filter(method -> method.getName().equals("setBindValue")
                        && method.getParameterCount() == 2
                        && method.getParameterTypes()[1].isAssignableFrom(CustomType.class))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(UNSUPPORTED));
    }

    private static @Nullable Object call(Method method, Object target, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(UNSUPPORTED, e);
        }
    }
}
