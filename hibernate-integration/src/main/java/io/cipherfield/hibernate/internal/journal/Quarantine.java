package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of the values that were left as they are. */
record Quarantine(JournalSql sql, String table, DataSet data, long run) {

    private static final String SELECT = "select table_name, row_key, column_name, key_id, reason, fingerprint from ";

    void add(Connection connection, List<Quarantined> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = prepare(connection, "delete from " + table + " where id = ?");
                PreparedStatement insert = prepare(
                        connection,
                        "insert into " + table
                                + " (id, run_no, table_name, table_place, row_key, column_name, key_id, reason, fingerprint,"
                                + " found_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, " + sql.now() + ")")) {
            for (Quarantined value : values.stream()
                    .collect(Collectors.toMap(this::id, value -> value, (first, last) -> last))
                    .values()) {
                delete.setString(1, id(value));
                delete.addBatch();
                insert.setString(1, id(value));
                insert.setLong(2, run);
                insert.setString(3, value.table());
                insert.setString(4, data.place(value.table()));
                insert.setString(5, value.key());
                insert.setString(6, value.column());
                insert.setString(7, value.keyId());
                insert.setString(8, value.reason());
                insert.setString(9, value.fingerprint());
                insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
        }
    }

    private String id(Quarantined value) {
        return value.id(data.place(value.table()));
    }

    List<Quarantined> ofThisRun(Connection connection, int limit) throws SQLException {
        String select = SELECT + table + " where run_no = ? order by table_name, column_name, id";
        try (PreparedStatement statement = prepare(connection, select)) {
            statement.setMaxRows(limit);
            statement.setLong(1, run);
            return read(statement);
        }
    }

    /** Of whatever run. */
    static List<Quarantined> ofColumn(Connection connection, String quarantine, String place, String column)
            throws SQLException {
        String select = SELECT + quarantine + " where table_place = ? and column_name = ?";
        try (PreparedStatement statement = prepare(connection, select)) {
            statement.setString(1, place);
            statement.setString(2, column);
            return read(statement);
        }
    }

    /** By column, of whatever run. */
    static Map<String, Set<String>> fingerprints(Connection connection, String quarantine, String place)
            throws SQLException {
        String select = "select column_name, fingerprint from " + quarantine
                + " where table_place = ? and fingerprint is not null";
        Map<String, Set<String>> found = new HashMap<>();
        try (PreparedStatement statement = prepare(connection, select)) {
            statement.setString(1, place);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getString(1), column -> new HashSet<>())
                            .add(rows.getString(2));
                }
            }
        }
        return found;
    }

    private static List<Quarantined> read(PreparedStatement statement) throws SQLException {
        List<Quarantined> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Quarantined(
                        rows.getString("table_name"),
                        rows.getString("row_key"),
                        rows.getString("column_name"),
                        rows.getString("key_id"),
                        rows.getString("reason"),
                        rows.getString("fingerprint")));
            }
        }
        return found;
    }

    void clear(Connection connection, Map<String, ? extends Collection<String>> covered) throws SQLException {
        String delete = "delete from " + table + " where table_place = ? and column_name = ? and run_no < ?";
        try (PreparedStatement statement = prepare(connection, delete)) {
            for (Map.Entry<String, ? extends Collection<String>> columns : covered.entrySet()) {
                for (String column : columns.getValue()) {
                    statement.setString(1, data.place(columns.getKey()));
                    statement.setString(2, column);
                    statement.setLong(3, run);
                    statement.executeUpdate();
                }
            }
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return LockWait.bounded(connection.prepareStatement(sql));
    }
}
