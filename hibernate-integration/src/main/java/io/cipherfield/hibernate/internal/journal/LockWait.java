package io.cipherfield.hibernate.internal.journal;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Set;

/** The journal's own statements wait for no lock without end. */
final class LockWait {

    private static final int LIMIT_IN_SECONDS = 10;

    /** A cancelled statement (PostgreSQL, MariaDB), PostgreSQL's lock time-out, H2's. */
    private static final Set<String> STATES = Set.of("57014", "70100", "55P03", "HYT00");

    /** The lock time-outs of MariaDB, SQL Server and Oracle, and MariaDB's limit of a statement. */
    private static final Set<Integer> CODES = Set.of(1205, 1222, 30006, 1969);

    private LockWait() {}

    static <S extends Statement> S bounded(S statement) throws SQLException {
        statement.setQueryTimeout(LIMIT_IN_SECONDS);
        return statement;
    }

    static boolean ended(SQLException e) {
        return e instanceof SQLTimeoutException
                || (e.getSQLState() != null && STATES.contains(e.getSQLState()))
                || CODES.contains(e.getErrorCode());
    }
}
