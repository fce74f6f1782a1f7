package io.cipherfield.hibernate.internal.startup;

import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.service.ServiceRegistry;

/**
 * Whether a second thread may take a connection while Hibernate builds the factory. Of the pools that are known to give every thread
 * the same connections, one to each: another DataSource may route by thread, hand out one connection to all, or belong to a container.
 */
final class SharedPool {

    /** Hibernate's own, by its names on the several lines. */
    private static final Set<String> OF_HIBERNATE = Set.of(
            "org.hibernate.engine.jdbc.connections.internal.DriverManagerConnectionProviderImpl",
            "org.hibernate.engine.jdbc.connections.internal.DriverManagerConnectionProvider");

    private static final String HIKARI = "com.zaxxer.hikari.HikariDataSource";

    /** Hibernate may need one itself, and its own pool then fails if it has no other one. */
    private static final int ENOUGH = 2;

    private SharedPool() {}

    static boolean sparesConnection(SessionFactoryImplementor factory) {
        ServiceRegistry services = factory.getServiceRegistry();
        if (factory.getSessionFactoryOptions().isMultiTenancyEnabled()) {
            return false;
        }
        ConnectionProvider provider = services.requireService(ConnectionProvider.class);
        if (OF_HIBERNATE.contains(provider.getClass().getName())) {
            Object size = services.requireService(ConfigurationService.class)
                    .getSettings()
                    .get(JdbcSettings.POOL_SIZE);
            return size == null || isEnough(size);
        }
        return provider.isUnwrappableAs(DataSource.class) && isLargeHikari(provider.unwrap(DataSource.class));
    }

    private static boolean isLargeHikari(DataSource pool) {
        if (!pool.getClass().getName().equals(HIKARI)) {
            return false;
        }
        try {
            return isEnough(pool.getClass().getMethod("getMaximumPoolSize").invoke(pool));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static boolean isEnough(Object size) {
        try {
            return Integer.parseInt(size.toString().trim()) >= ENOUGH;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
