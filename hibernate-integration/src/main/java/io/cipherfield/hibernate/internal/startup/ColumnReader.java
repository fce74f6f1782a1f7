package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the columns of one table: what JDBC's metadata has, and collations, which it has not. */
final class ColumnReader {

    private static final Pattern NULL = Pattern.compile("null(::.*)?", Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final DatabaseKind database;
    private final TableName table;
    private final int seconds;

    ColumnReader(Connection connection, DatabaseKind database, TableName table, int seconds) {
        this.connection = connection;
        this.database = database;
        this.table = table;
        this.seconds = seconds;
    }

    /** What JDBC's metadata has of a column, and no query's. */
    private record Described(
            String name,
            String typeName,
            boolean nullable,
            @Nullable String defaultValue,
            boolean generated,
            String comment) {}

    /** @param type in MariaDB's own words */
    private record Schema(@Nullable String collation, String type) {}

    /** Those that exist. */
    Map<EncryptedColumn, RealColumn> read(List<EncryptedColumn> columns) throws SQLException {
        Map<String, Described> all = described();
        Map<EncryptedColumn, Described> found = new LinkedHashMap<>();
        for (EncryptedColumn column : columns) {
            Described described = find(all, column.name());
            if (described != null) {
                found.put(column, described);
            }
        }
        return found.isEmpty() ? Map.of() : real(found);
    }

    boolean isView() throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        try (ResultSet rows =
                metadata.getTables(table.catalog(), pattern(table.schema()), pattern(table.name()), null)) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(table.name())) {
                    return String.valueOf(rows.getString("TABLE_TYPE")).contains("VIEW");
                }
            }
        }
        return false;
    }

    private Map<String, Described> described() throws SQLException {
        Map<String, Described> columns = new LinkedHashMap<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getColumns(table.catalog(), pattern(table.schema()), pattern(table.name()), "%")) {
            while (rows.next()) {
                String schema = rows.getString("TABLE_SCHEM");
                boolean sameSchema = schema == null || table.schema() == null || schema.equals(table.schema());
                if (sameSchema && rows.getString("TABLE_NAME").equals(table.name())) {
                    Described column = described(rows);
                    columns.put(column.name(), column);
                }
            }
        }
        return columns;
    }

    private static Described described(ResultSet row) throws SQLException {
        String defaultValue = row.getString("COLUMN_DEF");
        String comment = row.getString("REMARKS");
        return new Described(
                row.getString("COLUMN_NAME"),
                row.getString("TYPE_NAME"),
                row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                defaultValue == null || NULL.matcher(defaultValue.trim()).matches() ? null : defaultValue.trim(),
                "YES".equals(row.getString("IS_GENERATEDCOLUMN")),
                comment == null ? "" : comment);
    }

    /** Underscores are in most names, and would match any character. */
    private @Nullable String pattern(@Nullable String name) throws SQLException {
        String escape = connection.getMetaData().getSearchStringEscape();
        return name == null || escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private @Nullable Described find(Map<String, Described> columns, String sql) throws SQLException {
        String name = TableName.unquoted(sql, connection.getMetaData());
        Described exact = columns.get(name);
        if (exact != null || (TableName.isQuoted(sql) && database != DatabaseKind.MARIADB)) {
            return exact;
        }
        return columns.values().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private Map<EncryptedColumn, RealColumn> real(Map<EncryptedColumn, Described> found) throws SQLException {
        Map<String, Schema> schemas = schemas();
        Map<EncryptedColumn, RealColumn> columns = new LinkedHashMap<>();
        List<String> names = found.keySet().stream().map(EncryptedColumn::name).toList();
        String from = " from " + found.keySet().iterator().next().table().name() + " where 1 = 0";
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            try (ResultSet none = statement.executeQuery("select " + String.join(", ", names) + from)) {
                int index = 1;
                for (Map.Entry<EncryptedColumn, Described> each : found.entrySet()) {
                    Schema schema = schemas.getOrDefault(each.getValue().name(), new Schema(null, ""));
                    columns.put(each.getKey(), real(none.getMetaData(), index++, each.getValue(), schema));
                }
            }
        }
        return Collations.marked(connection, database, columns, seconds);
    }

    private RealColumn real(ResultSetMetaData query, int index, Described described, Schema schema)
            throws SQLException {
        String typeName = query.getColumnTypeName(index);
        if (database == DatabaseKind.MARIADB && !typeName.equalsIgnoreCase("json")) {
            // Its queries call several types CHAR.
            typeName = described.typeName().split("[ (]", 2)[0];
        }
        ColumnKind kind = ColumnKind.of(database, query.getColumnType(index), typeName);
        int precision = query.getPrecision(index);
        long capacity = precision <= 0 ? Long.MAX_VALUE : precision;
        String type = typeName.toLowerCase(Locale.ROOT);
        if (!schema.type().isEmpty() && !type.equals("json")) {
            type = schema.type();
        } else if (kind != ColumnKind.OTHER && capacity < 1_000_000_000) {
            type = type + "(" + capacity + ")";
        }
        return new RealColumn(
                described.name(),
                kind,
                type,
                capacity,
                described.nullable(),
                described.defaultValue(),
                described.generated(),
                described.comment(),
                schema.collation(),
                false);
    }

    private Map<String, Schema> schemas() throws SQLException {
        Map<String, Schema> schemas = new HashMap<>();
        if (database == DatabaseKind.OTHER) {
            return schemas;
        }
        boolean mariadb = database == DatabaseKind.MARIADB;
        String sql = "select column_name, collation_name, " + (mariadb ? "column_type" : "''")
                + " from information_schema.columns where table_schema = ? and table_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(seconds);
            statement.setString(1, mariadb ? table.catalog() : table.schema());
            statement.setString(2, table.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    schemas.put(rows.getString(1), new Schema(rows.getString(2), rows.getString(3)));
                }
            }
        }
        return schemas;
    }
}
