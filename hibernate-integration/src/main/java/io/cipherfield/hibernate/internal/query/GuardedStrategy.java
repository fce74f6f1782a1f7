package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.function.BooleanSupplier;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A multi-table strategy behind the guard. It is a proxy, since Hibernate 6.6 and 7 have different methods: whichever takes a
 * statement is guarded, and what it returns for later executions as well.
 */
final class GuardedStrategy implements InvocationHandler {

    private final Object strategy;
    private final BooleanSupplier wanted;

    private GuardedStrategy(Object strategy, BooleanSupplier wanted) {
        this.strategy = strategy;
        this.wanted = wanted;
    }

    /** @param wanted whether the factory has encrypted attributes, known only when it is built */
    static <T> @Nullable T of(Class<T> type, @Nullable T strategy, BooleanSupplier wanted) {
        return strategy == null ? null : type.cast(proxy(type, new GuardedStrategy(strategy, wanted)));
    }

    static boolean guards(@Nullable Object strategy) {
        return strategy == null
                || (Proxy.isProxyClass(strategy.getClass())
                        && Proxy.getInvocationHandler(strategy) instanceof GuardedStrategy);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(GuardedStrategy.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (wanted.getAsBoolean()
                && arguments != null
                && arguments.length == 3
                && arguments[0] instanceof SqmDmlStatement<?> statement
                && arguments[1] instanceof DomainParameterXref parameters
                && arguments[2] instanceof DomainQueryExecutionContext context) {
            MultiTableGuard.check(statement, parameters, context);
            Object result = call(strategy, method, arguments);
            return result instanceof Record built ? guarded(built, statement, parameters) : result;
        }
        return call(strategy, method, arguments);
    }

    /** Hibernate 7 keeps the handler in its result for later executions, whose parameters need the guard again. */
    private static Object guarded(Record built, SqmDmlStatement<?> statement, DomainParameterXref parameters)
            throws ReflectiveOperationException {
        RecordComponent[] parts = built.getClass().getRecordComponents();
        Class<?> handlerType = parts[0].getType();
        Object handler = parts[0].getAccessor().invoke(built);
        Object guarded = proxy(handlerType, (proxy, method, arguments) -> {
            if (method.getName().equals("createJdbcParameterBindings")
                    && arguments[0] instanceof DomainQueryExecutionContext context) {
                MultiTableGuard.check(statement, parameters, context);
            }
            return call(handler, method, arguments);
        });
        return built.getClass()
                .getConstructor(handlerType, parts[1].getType())
                .newInstance(guarded, parts[1].getAccessor().invoke(built));
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
