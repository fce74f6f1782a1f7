package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of the values that were left as they are. */
record Quarantine(JournalSql sql, String table, long run) {

    private static final String SELECT = "select table_name, row_key, column_name, key_id, reason, fingerprint from ";

    void add(Connection connection, List<Quarantined> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = prepare(connection, "delete from " + table + " where id = ?");
                PreparedStatement insert = prepare(
                        connection,
                        "insert into " + table
                                + " (id, run_no, table_name, row_key, column_name, key_id, reason, fingerprint, found_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, " + sql.now() + ")")) {
            for (Quarantined value : values.stream()
                    .collect(Collectors.toMap(Quarantined::id, value -> value, (first, last) -> last))
                    .values()) {
                delete.setString(1, value.id());
                delete.addBatch();
                insert.setString(1, value.id());
                insert.setLong(2, run);
                insert.setString(3, value.table());
                insert.setString(4, value.key());
                insert.setString(5, value.column());
                insert.setString(6, value.keyId());
                insert.setString(7, value.reason());
                insert.setString(8, value.fingerprint());
                insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
        }
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
    static List<Quarantined> ofColumn(Connection connection, String quarantine, String table, String column)
            throws SQLException {
        String select = SELECT + quarantine + " where table_name = ? and column_name = ?";
        try (PreparedStatement statement = prepare(connection, select)) {
            statement.setString(1, table);
            statement.setString(2, column);
            return read(statement);
        }
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
        String delete = "delete from " + table + " where table_name = ? and column_name = ? and run_no < ?";
        try (PreparedStatement statement = prepare(connection, delete)) {
            for (Map.Entry<String, ? extends Collection<String>> columns : covered.entrySet()) {
                for (String column : columns.getValue()) {
                    statement.setString(1, columns.getKey());
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
