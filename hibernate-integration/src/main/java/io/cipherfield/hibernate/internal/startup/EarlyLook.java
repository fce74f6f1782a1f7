package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.internal.catalogue.HeaderSample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hibernate.boot.Metadata;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.tool.schema.Action;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator.ActionGrouping;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The {@link QuickLook} on a thread of its own while Hibernate builds the factory, which takes longer, so that a start does not wait
 * for the server. Only where Hibernate leaves the tables as they are, and the pool can spare a connection.
 */
final class EarlyLook {

    static final String THREAD = "cipherfield-startup-check";

    private static final Logger LOG = Logger.getLogger(EarlyLook.class);

    /** Then the look is taken anew, on the thread that waits. */
    private static final int SECONDS_AT_MOST = 30;

    private static final Set<Action> LEAVES_TABLES_ALONE = EnumSet.of(Action.NONE, Action.VALIDATE);

    private final @Nullable FutureTask<Map<EncryptedTable, List<HeaderSample>>> look;
    private final @Nullable Thread thread;
    private volatile boolean unwanted;

    private EarlyLook(JdbcConnectionAccess access, Dialect dialect, Map<EncryptedTable, List<EncryptedColumn>> tables) {
        this.look = new FutureTask<>(() -> take(access, dialect, tables));
        this.thread = new Thread(look, THREAD);
        thread.setDaemon(true);
        thread.start();
    }

    private EarlyLook() {
        this.look = null;
        this.thread = null;
    }

    /** Begins, if it may. */
    static EarlyLook of(Metadata metadata, SessionFactoryImplementor factory, EncryptedColumns columns) {
        return isWanted(factory) && !changesTables(metadata, factory) && SharedPool.sparesConnection(factory)
                ? new EarlyLook(
                        factory.getJdbcServices().getBootstrapJdbcConnectionAccess(),
                        factory.getJdbcServices().getDialect(),
                        columns.byTable())
                : new EarlyLook();
    }

    private static boolean isWanted(SessionFactoryImplementor factory) {
        return factory.getServiceRegistry()
                        .requireService(CipherfieldService.class)
                        .configuration()
                        .startupCheck()
                != StartupCheckMode.OFF;
    }

    private static boolean changesTables(Metadata metadata, SessionFactoryImplementor factory) {
        Map<String, Object> settings = factory.getServiceRegistry()
                .requireService(ConfigurationService.class)
                .getSettings();
        return ActionGrouping.interpret(metadata, settings).stream()
                .anyMatch(grouping -> !LEAVES_TABLES_ALONE.contains(grouping.getDatabaseAction()));
    }

    private Map<EncryptedTable, List<HeaderSample>> take(
            JdbcConnectionAccess access, Dialect dialect, Map<EncryptedTable, List<EncryptedColumn>> tables)
            throws SQLException {
        Connection connection = access.obtainConnection();
        try {
            return OwnTransaction.of(
                    connection,
                    dialect,
                    StartupCheck.SECONDS_FOR_A_TABLE,
                    limit -> QuickLook.samples(connection, dialect, tables, limit, () -> unwanted));
        } finally {
            access.releaseConnection(connection);
        }
    }

    /** Waits for what {@link QuickLook#samples} says of all tables; null if it was not asked, or did not come to an end. */
    @Nullable
    Map<EncryptedTable, List<HeaderSample>> samples() {
        if (look == null) {
            return null;
        }
        try {
            return look.get(SECONDS_AT_MOST, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            // Not itself: a driver may quote the values that it met. The look that follows says what is wrong.
            LOG.debugf(
                    "Tables are looked at when the factory is built, since a look before that failed (%s)",
                    reason.getClass().getName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        unwanted = true;
        return null;
    }

    /** Waits for the statement that is under way, if there is one, so that neither thread nor connection is left behind. */
    void end() {
        unwanted = true;
        if (thread != null) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(SECONDS_AT_MOST));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
