package io.cipherfield.hibernate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.hibernate.query.spi.ScrollableResultsImplementor;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.hibernate.sql.exec.spi.JdbcSelectExecutor;
import org.jspecify.annotations.Nullable;

/**
 * An executor of selects that tells {@link FailedRead} which of them failed. A proxy, since the signatures of its methods differ
 * between Hibernate 6 and 7.
 */
final class GuardedSelects implements InvocationHandler {

    private final Object delegate;
    /** Of results that are read row by row. */
    private final @Nullable ExecutionContext scrolled;

    private GuardedSelects(Object delegate, @Nullable ExecutionContext scrolled) {
        this.delegate = delegate;
        this.scrolled = scrolled;
    }

    static JdbcSelectExecutor of(JdbcSelectExecutor executor) {
        return proxy(JdbcSelectExecutor.class, new GuardedSelects(executor, null));
    }

    private static <T> T proxy(Class<T> type, GuardedSelects handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        ExecutionContext context = scrolled == null ? context(arguments) : scrolled;
        try {
            Object result = method.invoke(delegate, arguments);
            return result instanceof ScrollableResultsImplementor<?> results && scrolled == null
                    ? proxy(ScrollableResultsImplementor.class, new GuardedSelects(results, context))
                    : result;
        } catch (InvocationTargetException e) {
            if (context != null) {
                FailedRead.of(e.getTargetException()).ifPresent(failure -> failure.select(context));
            }
            throw e.getTargetException();
        }
    }

    private static @Nullable ExecutionContext context(Object @Nullable [] arguments) {
        if (arguments != null) {
            for (Object argument : arguments) {
                if (argument instanceof ExecutionContext context) {
                    return context;
                }
            }
        }
        return null;
    }
}
