package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failures of a page that the database itself asks to try again: deadlocks, serialisation, locks that were held too long. */
final class TransientFailure {

    static final String SERIALIZATION = "40001";

    /** 55P03 is PostgreSQL's lock time-out, 90131 and HYT00 are H2's concurrent update and lock time-out. */
    private static final Set<String> STATES = Set.of(SERIALIZATION, "40P01", "55P03", "90131", "HYT00");

    /** 57014 is a statement that was cancelled, on PostgreSQL and H2. */
    private static final Set<String> TIMEOUT_STATES = Set.of("55P03", "HYT00", "57014");

    private static final int MARIADB_STATEMENT_TIMEOUT = 1969;
    private static final int MARIADB_LOCK_WAIT_TIMEOUT = 1205;
    private static final int MARIADB_DEADLOCK = 1213;
    private static final int MARIADB_CHANGED_SINCE_READ = 1020;

    private static final Set<Integer> MARIADB_TIMEOUTS = Set.of(MARIADB_LOCK_WAIT_TIMEOUT, MARIADB_STATEMENT_TIMEOUT);

    private TransientFailure() {}

    static boolean is(SQLException failure) {
        return SqlStates.any(failure, e -> isOne(e.getSQLState(), e.getErrorCode()));
    }

    /** Of a lock or of the statement itself: a smaller page may pass. */
    static boolean isTimeout(SQLException failure) {
        return SqlStates.any(
                failure,
                e -> e instanceof SQLTimeoutException
                        || TIMEOUT_STATES.contains(String.valueOf(e.getSQLState()))
                        || MARIADB_TIMEOUTS.contains(e.getErrorCode()));
    }

    private static boolean isOne(@Nullable String state, int code) {
        return (state != null && STATES.contains(state))
                || code == MARIADB_DEADLOCK
                || code == MARIADB_LOCK_WAIT_TIMEOUT
                || code == MARIADB_CHANGED_SINCE_READ;
    }
}
