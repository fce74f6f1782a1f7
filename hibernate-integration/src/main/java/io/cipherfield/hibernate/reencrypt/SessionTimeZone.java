package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * UTC for a session of MariaDB, which shows a {@code timestamp} as the local time of the session: of the two hours that become
 * one when summer ends, rows with such keys could not be told apart, and a {@code timestamp} set to itself would be changed.
 */
final class SessionTimeZone {

    private @Nullable String before;

    /** @return what restores it */
    static SessionTimeZone start(Connection connection, DatabaseKind database) throws SQLException {
        SessionTimeZone zone = new SessionTimeZone();
        if (database == DatabaseKind.MARIADB) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select @@session.time_zone")) {
                rows.next();
                zone.before = rows.getString(1);
            }
            set(connection, "+00:00");
        }
        return zone;
    }

    void restore(Connection connection) throws SQLException {
        if (before != null) {
            set(connection, before);
        }
    }

    private static void set(Connection connection, String zone) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("set session time_zone = ?")) {
            statement.setString(1, zone);
            statement.execute();
        }
    }
}
