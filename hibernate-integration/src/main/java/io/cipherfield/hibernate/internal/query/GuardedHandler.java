package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy of Hibernate 7 returns in place of executing: a record of a handler, which Hibernate keeps for later
 * executions, and of the parameters of the first. Each later execution makes its parameters first, and is checked then. A
 * handler of another kind could execute unseen, so it is refused.
 */
final class GuardedHandler implements InvocationHandler {

    private static final String PARAMETERS = "createJdbcParameterBindings";
    private static final List<Class<?>> EXECUTION =
            List.of(JdbcParameterBindings.class, DomainQueryExecutionContext.class);

    private final Object handler;
    private final Consumer<DomainQueryExecutionContext> check;

    private GuardedHandler(Object handler, Consumer<DomainQueryExecutionContext> check) {
        this.handler = handler;
        this.check = check;
    }

    /** @return the same result with its handler guarded */
    static Object in(@Nullable Object result, Consumer<DomainQueryExecutionContext> check)
            throws ReflectiveOperationException {
        RecordComponent[] parts =
                result instanceof Record ? result.getClass().getRecordComponents() : new RecordComponent[0];
        if (result == null || parts.length != 2 || !checksParameters(parts[0].getType())) {
            throw Refusal.unknownCall(
                    "the result " + (result == null ? null : result.getClass().getName()));
        }
        Class<?> type = parts[0].getType();
        GuardedHandler guard = new GuardedHandler(parts[0].getAccessor().invoke(result), check);
        return result.getClass()
                .getConstructor(type, parts[1].getType())
                .newInstance(
                        Proxy.newProxyInstance(GuardedHandler.class.getClassLoader(), new Class<?>[] {type}, guard),
                        parts[1].getAccessor().invoke(result));
    }

    private static boolean checksParameters(Class<?> handlerType) {
        return handlerType.isInterface()
                && Arrays.stream(handlerType.getMethods()).anyMatch(GuardedHandler::makesParameters);
    }

    private static boolean makesParameters(Method method) {
        return method.getName().equals(PARAMETERS)
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {DomainQueryExecutionContext.class});
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        List<Class<?>> types = List.of(method.getParameterTypes());
        if (makesParameters(method) && arguments != null) {
            check.accept((DomainQueryExecutionContext) arguments[0]);
        } else if (types.contains(DomainQueryExecutionContext.class) && !types.equals(EXECUTION)) {
            throw Refusal.unknownCall(method.getDeclaringClass().getSimpleName() + "." + method.getName());
        }
        return GuardedStrategy.call(handler, method, arguments);
    }
}
