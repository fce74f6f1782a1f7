package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Failures after which only another connection helps: the server was restarted, a network broke, somebody killed the session. */
final class LostConnection {

    /**
     * 57P01 to 57P05 are PostgreSQL's shutdowns, starts and idle sessions, 25P03 a transaction that was idle for too long, 53300 too
     * many connections; 90067, 90098 and 90121 are H2's broken connection and closed database.
     */
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "53300", "90067", "90098", "90121");

    private static final Set<Integer> MARIADB_SHUTDOWN_KILLED_TOO_MANY_LOST = Set.of(1053, 1927, 1040, 2006, 2013);

    private LostConnection() {}

    static boolean is(SQLException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql && isOne(sql)) {
                return true;
            }
        }
        return failure.getNextException() != null && is(failure.getNextException());
    }

    private static boolean isOne(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLTransientConnectionException
                || MARIADB_SHUTDOWN_KILLED_TOO_MANY_LOST.contains(failure.getErrorCode())
                || (state != null && (state.startsWith("08") || STATES.contains(state)));
    }
}
