package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a table's indexes, and which of them are constraints, which JDBC does not tell. */
final class IndexReader {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Connection connection;
    private final DatabaseKind database;
    private final TableName table;

    IndexReader(Connection connection, DatabaseKind database, TableName table) {
        this.connection = connection;
        this.database = database;
        this.table = table;
    }

    /** @param keys PostgreSQL's included columns are no keys, and stand behind these */
    private record Constraint(@Nullable String name, boolean primaryKey, int keys) {}

    List<RealIndex> read() throws SQLException {
        Map<String, Constraint> constraints = constraints();
        Map<String, RealIndex> indexes = new LinkedHashMap<>();
        try (ResultSet rows =
                connection.getMetaData().getIndexInfo(table.catalog(), table.schema(), table.name(), false, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                String key = rows.getString("COLUMN_NAME");
                if (rows.getShort("TYPE") == DatabaseMetaData.tableIndexStatistic || name == null || key == null) {
                    continue;
                }
                boolean unique = !rows.getBoolean("NON_UNIQUE");
                Constraint constraint = constraints.getOrDefault(name, new Constraint(null, false, NO_LIMIT));
                RealIndex index = indexes.computeIfAbsent(
                        name,
                        unused -> new RealIndex(
                                table, name, unique, new ArrayList<>(), constraint.name(), constraint.primaryKey()));
                if (index.keys().size() < constraint.keys()) {
                    index.keys().add(key);
                }
            }
        }
        return List.copyOf(indexes.values());
    }

    /** By the index's name. */
    private Map<String, Constraint> constraints() throws SQLException {
        Map<String, Constraint> constraints = new HashMap<>();
        switch (database) {
            case POSTGRESQL ->
                query(
                        "select i.relname, c.conname, c.contype = 'p', x.indnkeyatts from pg_catalog.pg_index x"
                                + " join pg_catalog.pg_class i on i.oid = x.indexrelid"
                                + " join pg_catalog.pg_class t on t.oid = x.indrelid"
                                + " join pg_catalog.pg_namespace n on n.oid = t.relnamespace"
                                + " left join pg_catalog.pg_constraint c on c.conindid = i.oid and c.conrelid = t.oid"
                                + " and c.contype in ('p', 'u', 'x') where n.nspname = ? and t.relname = ?",
                        constraints);
            case H2 ->
                query(
                        "select index_name, constraint_name, constraint_type = 'PRIMARY KEY', " + NO_LIMIT
                                + " from information_schema.table_constraints"
                                + " where table_schema = ? and table_name = ? and constraint_type in ('PRIMARY KEY', 'UNIQUE')",
                        constraints);
            case MARIADB -> constraints.put("PRIMARY", new Constraint("PRIMARY", true, NO_LIMIT));
            case OTHER -> primaryKey(constraints);
        }
        return constraints;
    }

    private void query(String sql, Map<String, Constraint> constraints) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    constraints.put(
                            rows.getString(1), new Constraint(rows.getString(2), rows.getBoolean(3), rows.getInt(4)));
                }
            }
        }
    }

    private void primaryKey(Map<String, Constraint> constraints) throws SQLException {
        try (ResultSet rows = connection.getMetaData().getPrimaryKeys(table.catalog(), table.schema(), table.name())) {
            while (rows.next()) {
                String name = rows.getString("PK_NAME");
                if (name != null) {
                    constraints.put(name, new Constraint(name, true, NO_LIMIT));
                }
            }
        }
    }
}
