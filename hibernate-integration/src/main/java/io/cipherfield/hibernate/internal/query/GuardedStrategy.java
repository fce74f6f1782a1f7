package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Predicate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.query.sqm.tree.SqmStatement;
import org.jspecify.annotations.Nullable;

/**
 * A multi-table strategy behind the guard. It is a proxy, since Hibernate 6.6 and 7 have different methods: whichever takes a
 * statement is guarded, and what it returns for later executions as well. A call that no known version makes is refused.
 */
final class GuardedStrategy implements InvocationHandler {

    private final Object strategy;
    private final Predicate<SessionFactoryImplementor> leftAlone;

    private GuardedStrategy(Object strategy, Predicate<SessionFactoryImplementor> leftAlone) {
        this.strategy = strategy;
        this.leftAlone = leftAlone;
    }

    /** @param leftAlone whether a factory has no encrypted attributes, known only when it is built */
    static <T> @Nullable T of(Class<T> type, @Nullable T strategy, Predicate<SessionFactoryImplementor> leftAlone) {
        return strategy == null
                ? null
                : type.cast(Proxy.newProxyInstance(
                        GuardedStrategy.class.getClassLoader(),
                        new Class<?>[] {type},
                        new GuardedStrategy(strategy, leftAlone)));
    }

    static boolean guards(@Nullable Object strategy) {
        return strategy == null
                || (Proxy.isProxyClass(strategy.getClass())
                        && Proxy.getInvocationHandler(strategy) instanceof GuardedStrategy);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null || !isAboutStatement(arguments) || isLeftAlone(arguments)) {
            return call(strategy, method, arguments);
        }
        if (arguments.length == 3
                && arguments[0] instanceof SqmDmlStatement<?> statement
                && arguments[1] instanceof DomainParameterXref parameters
                && arguments[2] instanceof DomainQueryExecutionContext context) {
            EachFormWhere.install(statement);
            MultiTableGuard.check(statement, parameters, context);
            Object result = call(strategy, method, arguments);
            // A count of rows: it has been executed
            return method.getReturnType() == int.class
                    ? result
                    : GuardedHandler.in(result, later -> MultiTableGuard.check(statement, parameters, later));
        }
        throw Refusal.unknownCall(method.getDeclaringClass().getSimpleName() + "." + method.getName());
    }

    private boolean isLeftAlone(Object[] arguments) {
        return Arrays.stream(arguments)
                .anyMatch(argument -> argument instanceof DomainQueryExecutionContext context
                        && leftAlone.test(context.getSession().getFactory()));
    }

    private static boolean isAboutStatement(Object[] arguments) {
        return Arrays.stream(arguments)
                .anyMatch(argument ->
                        argument instanceof SqmStatement<?> || argument instanceof DomainQueryExecutionContext);
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
