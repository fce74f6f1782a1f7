package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables as they are in the database; created where they are missing. */
record JournalTables(JournalSql sql, TableNames names) {

    List<String> ddl() {
        return Stream.of(JournalTable.values()).map(this::ddl).toList();
    }

    private String ddl(JournalTable table) {
        return table.ddl(sql, names.of(table));
    }

    void createMissing(Connection connection) throws SQLException {
        Map<JournalTable, List<JournalColumn>> missing = new EnumMap<>(JournalTable.class);
        for (JournalTable table : JournalTable.values()) {
            Set<String> found = columns(connection, table);
            List<JournalColumn> ofTable = table.columns().stream()
                    .filter(column -> !found.contains(column.name()))
                    .toList();
            if (!ofTable.isEmpty()) {
                missing.put(table, ofTable);
            }
        }
        if (!missing.isEmpty()) {
            throw lacking(missing);
        }
    }

    /** Without creating it. */
    boolean hasFingerprints(Connection connection) throws SQLException {
        try {
            return read(connection, JournalTable.QUARANTINE).contains("fingerprint");
        } catch (SQLException e) {
            refuseLostConnection(e);
            return false;
        }
    }

    private Set<String> columns(Connection connection, JournalTable table) throws SQLException {
        try {
            return read(connection, table);
        } catch (SQLException unreadable) {
            refuseLostConnection(unreadable);
            try {
                create(connection, table);
            } catch (SQLException uncreatable) {
                refuseLostConnection(uncreatable);
                return readOrRefuse(connection, table, unreadable, uncreatable);
            }
            return read(connection, table);
        }
    }

    /** Another process may have created it at the same moment. */
    private Set<String> readOrRefuse(
            Connection connection, JournalTable table, SQLException unreadable, SQLException uncreatable) {
        try {
            return read(connection, table);
        } catch (SQLException e) {
            throw new JournalException("The table " + names.of(table) + ", which the job needs, cannot be read ("
                    + text(unreadable) + ") and cannot be created (" + text(uncreatable)
                    + "). Have somebody run this who may create tables, and give the job's user the rights to select, insert,"
                    + " update and delete:\n\n"
                    + ddl().stream().map(ddl -> ddl + ";").collect(Collectors.joining("\n\n")));
        }
    }

    private Set<String> read(Connection connection, JournalTable table) throws SQLException {
        return Transaction.in(connection, () -> {
            Set<String> found = new HashSet<>();
            try (Statement statement = LockWait.bounded(connection.createStatement());
                    ResultSet rows = statement.executeQuery("select * from " + names.of(table) + " where 1 = 0")) {
                ResultSetMetaData columns = rows.getMetaData();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    found.add(columns.getColumnName(i).toLowerCase(Locale.ROOT));
                }
            }
            return found;
        });
    }

    private void create(Connection connection, JournalTable table) throws SQLException {
        Transaction.in(connection, () -> {
            try (Statement statement = LockWait.bounded(connection.createStatement())) {
                return statement.execute(ddl(table));
            }
        });
    }

    private JournalException lacking(Map<JournalTable, List<JournalColumn>> missing) {
        String tables = missing.keySet().stream().map(names::of).collect(Collectors.joining(" and "));
        String added = missing.entrySet().stream()
                .flatMap(table -> table.getValue().stream()
                        .map(column ->
                                "alter table " + names.of(table.getKey()) + " add " + column.declaration(sql) + ";"))
                .collect(Collectors.joining("\n"));
        return new JournalException("Columns are missing in " + tables
                + ", where this release keeps the job's progress: an older release created it, or it is a table of something else. Have somebody"
                + " run this who may alter tables (or, if no run is under way, drop the job's tables, and the job creates them anew):\n\n"
                + added);
    }

    private static void refuseLostConnection(SQLException e) throws SQLException {
        if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
            throw e;
        }
    }

    /** The statements have no values, so the driver's words quote none. */
    private static String text(SQLException e) {
        return String.valueOf(e.getMessage()).strip() + ", SQLSTATE " + e.getSQLState();
    }
}
