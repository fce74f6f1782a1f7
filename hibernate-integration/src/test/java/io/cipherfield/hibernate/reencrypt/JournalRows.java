package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What the journal of a run says of each table, read by other means than its own. */
final class JournalRows {

    private JournalRows() {}

    static Map<String, Counts> byTable(TestDatabase.Fresh database) throws SQLException {
        Map<String, Counts> counts = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select table_name, sum(rows_read), sum(scanned), sum(rewritten), sum(from_plaintext), sum(from_legacy),"
                                + " sum(already_current), sum(null_values), sum(changed_meanwhile), sum(failed)"
                                + " from cipherfield_reencryption_range group by table_name")) {
            while (rows.next()) {
                counts.put(
                        rows.getString(1),
                        new Counts(
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6),
                                rows.getLong(7),
                                rows.getLong(8),
                                rows.getLong(9),
                                rows.getLong(10)));
            }
        }
        return counts;
    }

    /** Larger with each process that takes the lease; 0 before the first. */
    static long token(TestDatabase.Fresh database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select token from cipherfield_reencryption")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
