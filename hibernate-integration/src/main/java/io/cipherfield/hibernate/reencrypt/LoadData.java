package io.cipherfield.hibernate.reencrypt;

import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** MariaDB's {@code load data local infile} out of memory instead of a file, which its driver offers beyond JDBC. */
final class LoadData {

    private static final String DRIVER = "org.mariadb.jdbc.Statement";

    private LoadData() {}

    /** Why it cannot be used on this connection, as advice to the operator; null if it can. */
    static @Nullable String obstacle(JobConnection connection) throws SQLException {
        Connection jdbc = connection.get();
        try (Statement statement = jdbc.createStatement()) {
            if (driver(statement) == null) {
                return "MariaDB's own driver, against a MariaDB server, would load pages with LOAD DATA.";
            }
            try (ResultSet row = statement.executeQuery(
                    "select version(), @@global.local_infile, @@global.log_bin, @@session.binlog_format")) {
                row.next();
                if (!row.getString(1).toLowerCase(Locale.ROOT).contains("mariadb")) {
                    return "A MariaDB server would load pages with LOAD DATA.";
                }
                if (!row.getBoolean(2)) {
                    return "local_infile=ON at the server would let the job load pages with LOAD DATA.";
                }
                if (row.getBoolean(3) && row.getString(4).equals("STATEMENT")) {
                    return "binlog_format=MIXED or ROW would let the job load pages with LOAD DATA; STATEMENT would replicate"
                            + " its temporary tables.";
                }
            }
        }
        return null;
    }

    /** Whether what is done to temporary tables is done here alone, and on no replica, whose limits are its own. */
    static boolean keepsTemporaryTables(JobConnection connection) throws SQLException {
        try (Statement statement = connection.get().createStatement();
                ResultSet row =
                        statement.executeQuery("select not @@global.log_bin or @@session.binlog_format = 'ROW'")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** @return rows loaded, or -1 if the server had something to say about one of them */
    static int load(JobConnection connection, String sql, InputStream content) throws SQLException {
        try (Statement statement = connection.get().createStatement()) {
            statement.setQueryTimeout(JobConnection.STATEMENT_SECONDS);
            give(statement, content);
            int rows = statement.executeUpdate(sql);
            // With LOCAL, what would be an error is a warning, and the value is cut or changed.
            return statement.getWarnings() == null ? rows : -1;
        }
    }

    private static void give(Statement statement, InputStream content) throws SQLException {
        Class<?> driver = driver(statement);
        if (driver == null) {
            throw new SQLException("The driver has changed while the job ran");
        }
        try {
            driver.getMethod("setLocalInfileInputStream", InputStream.class).invoke(statement.unwrap(driver), content);
        } catch (InvocationTargetException e) {
            throw new SQLException("The driver takes no stream", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new SQLException("The driver takes no stream", e);
        }
    }

    /** The statement's class behind the pool's, from the class loader that the driver has; null if it is another driver's. */
    private static @Nullable Class<?> driver(Statement statement) throws SQLException {
        for (ClassLoader loader : new ClassLoader[] {
            statement.getConnection().getMetaData().getClass().getClassLoader(),
            Thread.currentThread().getContextClassLoader(),
            LoadData.class.getClassLoader()
        }) {
            try {
                Class<?> found = Class.forName(DRIVER, false, loader);
                if (statement.isWrapperFor(found)) {
                    return found;
                }
            } catch (ClassNotFoundException e) {
                // The next one may know it.
            }
        }
        return null;
    }
}
