package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections of a job that tell what it is about to do. */
final class TappedConnections {

    static final String COMMIT = "commit";

    private TappedConnections() {}

    @FunctionalInterface
    interface Tap {
        /**
         * @param step the SQL that is prepared, or {@link #COMMIT}
         * @param connection without the tap
         */
        void before(String step, Connection connection) throws SQLException;
    }

    /** Whether it counts a page, which is the last statement of its transaction. */
    static boolean countsPage(String step) {
        return step.contains("reached_key = ?");
    }

    static DataSource of(TestDatabase.Fresh database, Tap tap) {
        return (DataSource) Proxy.newProxyInstance(
                TappedConnections.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return tapped(database.connect(), tap);
                });
    }

    private static Connection tapped(Connection connection, Tap tap) {
        return (Connection) Proxy.newProxyInstance(
                TappedConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "prepareStatement" -> tap.before(arguments[0].toString(), connection);
                        case "commit" -> tap.before(COMMIT, connection);
                        default -> {}
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
