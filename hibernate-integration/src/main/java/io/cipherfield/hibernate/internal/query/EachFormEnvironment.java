package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.engine.jdbc.env.internal.JdbcEnvironmentInitiator;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's environment with {@link EachForm} applied to each select on its way to SQL text. So those are reached that Hibernate makes
 * without HQL, for natural identifiers say. Proxies, since the interfaces differ between Hibernate 6.6 and 7.
 */
final class EachFormEnvironment implements StandardServiceInitiator<JdbcEnvironment> {

    @Override
    public Class<JdbcEnvironment> getServiceInitiated() {
        return JdbcEnvironment.class;
    }

    @Override
    public JdbcEnvironment initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
        JdbcEnvironment environment = JdbcEnvironmentInitiator.INSTANCE.initiateService(settings, registry);
        SqlAstTranslatorFactory translators = translators(environment.getSqlAstTranslatorFactory());
        return proxy(JdbcEnvironment.class, new Environment(environment, translators));
    }

    static boolean isInstalled(JdbcEnvironment environment) {
        return Proxy.isProxyClass(environment.getClass())
                && Proxy.getInvocationHandler(environment) instanceof Environment;
    }

    private record Environment(JdbcEnvironment environment, SqlAstTranslatorFactory translators)
            implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            return method.getName().equals("getSqlAstTranslatorFactory")
                    ? translators
                    : GuardedStrategy.call(environment, method, arguments);
        }
    }

    private static SqlAstTranslatorFactory translators(SqlAstTranslatorFactory translators) {
        return proxy(SqlAstTranslatorFactory.class, (proxy, method, arguments) -> {
            for (int i = 0; arguments != null && i < arguments.length; i++) {
                if (arguments[i] instanceof SelectStatement select) {
                    arguments[i] = EachForm.in(select);
                }
            }
            return GuardedStrategy.call(translators, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(EachFormEnvironment.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
