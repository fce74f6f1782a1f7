package io.cipherfield.hibernate.internal.startup;

import java.sql.SQLException;
import java.util.Set;

/** What a log may repeat of a driver's message. */
final class DriverWords {

    /** Of the SQLSTATE: connection, authorisation, syntax or access rule, resources, intervention. They are about names; others may quote stored values. */
    private static final Set<String> ABOUT_NAMES = Set.of("08", "28", "42", "53", "57");

    private DriverWords() {}

    static String of(SQLException e) {
        String state = e.getSQLState();
        String where = "SQLSTATE " + state + ", code " + e.getErrorCode();
        if (state == null || state.length() < 2 || !ABOUT_NAMES.contains(state.substring(0, 2))) {
            return where;
        }
        return e.getMessage() + " (" + where + ")";
    }
}
