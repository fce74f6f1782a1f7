package io.cipherfield.hibernate.internal.journal;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** Waits on what the database says, not on time. */
final class Waiting {

    /** MariaDB refreshes its table of transactions only if nobody has asked for a tenth of a second. */
    private static final int STEP_IN_MILLIS = 200;

    private static final int LONGEST_IN_MILLIS = 60_000;

    private Waiting() {}

    /** Until some session waits for a lock. */
    static void untilBlocked(TestDatabase kind, Site site) throws SQLException, InterruptedException {
        String query = switch (kind) {
            case H2 -> "select count(*) from information_schema.sessions where blocker_id is not null";
            case POSTGRESQL ->
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database()";
            case MARIADB -> "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'";
        };
        Connection connection = site.connect();
        for (int waited = 0; waited < LONGEST_IN_MILLIS; waited += STEP_IN_MILLIS) {
            if (Site.number(connection, query) > 0) {
                return;
            }
            connection.rollback();
            Thread.sleep(STEP_IN_MILLIS);
        }
        throw new AssertionError("No session waited for a lock");
    }
}
