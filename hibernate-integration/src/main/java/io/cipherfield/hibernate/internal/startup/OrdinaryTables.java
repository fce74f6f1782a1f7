package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Tells, in one query or two for all of them, the tables of which each encrypted column is as the mapping makes it, so that a
 * schema of hundreds of tables starts in no time. Whatever is not plain to see from a catalogue, as views, domains and collations
 * are not, makes a table none of these, and it is looked at by itself.
 */
final class OrdinaryTables {

    /** A column without default or expression, and of a type that is no other one's disguise; a name as in the catalogue. */
    private record Column(
            @Nullable String schema,
            @Nullable String table,
            @Nullable String column) {}

    private final Connection connection;
    private final Dialect dialect;
    private final DatabaseKind database;
    private final int seconds;
    private final Map<Column, RealColumn> ordinary = new HashMap<>();
    /** A null for a column stands for an expression, which may be made of any. */
    private final Set<Column> indexed = new HashSet<>();

    private OrdinaryTables(Connection connection, Dialect dialect, int seconds) {
        this.connection = connection;
        this.dialect = dialect;
        this.database = DatabaseKind.of(dialect);
        this.seconds = seconds;
    }

    static Set<EncryptedTable> among(
            Connection connection, Dialect dialect, Map<EncryptedTable, List<EncryptedColumn>> tables, int seconds)
            throws SQLException {
        OrdinaryTables reader = new OrdinaryTables(connection, dialect, seconds);
        Map<EncryptedTable, TableName> names = reader.read(tables.keySet());
        Set<EncryptedTable> found = new HashSet<>();
        for (Map.Entry<EncryptedTable, TableName> table : names.entrySet()) {
            if (reader.isOrdinary(table.getValue(), tables.getOrDefault(table.getKey(), List.of()))) {
                found.add(table.getKey());
            }
        }
        return found;
    }

    private boolean isOrdinary(TableName name, List<EncryptedColumn> columns) throws SQLException {
        DatabaseMetaData rules = connection.getMetaData();
        for (EncryptedColumn column : columns) {
            Column key = new Column(schema(name), name.name(), TableName.unquoted(column.name(), rules));
            RealColumn real = ordinary.get(key);
            if (real == null
                    || (!column.attribute().deterministic() && isIndexed(key))
                    // Which characters it holds is not known here.
                    || (column.attribute().plaintextWritten() && database == DatabaseKind.MARIADB)
                    || !ColumnRules.check(dialect, new RealTable(false, Map.of(), List.of()), column, real, false)
                            .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean isIndexed(Column column) {
        return indexed.contains(column) || indexed.contains(new Column(column.schema(), column.table(), null));
    }

    private @Nullable String schema(TableName name) {
        return database == DatabaseKind.MARIADB ? name.catalog() : name.schema();
    }

    private Map<EncryptedTable, TableName> read(Collection<EncryptedTable> tables) throws SQLException {
        Map<EncryptedTable, TableName> names = new HashMap<>();
        switch (database) {
            case POSTGRESQL -> readPostgresql(tables, names);
            case H2 ->
                readInformationSchema(
                        """
                        select c.table_schema, c.table_name, c.column_name, c.data_type, c.character_maximum_length
                        from information_schema.columns c where c.data_type in ('CHARACTER VARYING', 'BINARY VARYING')
                        and c.column_default is null and c.is_generated = 'NEVER' and c.domain_name is null
                        and coalesce(c.collation_name, 'OFF') = 'OFF' and""",
                        "select table_schema, table_name, column_name from information_schema.index_columns c where",
                        tables,
                        names);
            case MARIADB ->
                readInformationSchema(
                        """
                        select c.table_schema, c.table_name, c.column_name, c.data_type, c.character_maximum_length
                        from information_schema.columns c where c.data_type in ('varchar', 'varbinary')
                        and coalesce(c.column_default, 'NULL') = 'NULL' and coalesce(c.generation_expression, '') = ''
                        and (c.collation_name is null or c.collation_name like '%\\_bin') and""",
                        "select table_schema, table_name, column_name from information_schema.statistics c where",
                        tables,
                        names);
            case OTHER -> {}
        }
        return names;
    }

    private void readPostgresql(Collection<EncryptedTable> tables, Map<EncryptedTable, TableName> names)
            throws SQLException {
        Map<String, EncryptedTable> bySql = new HashMap<>();
        tables.forEach(table -> bySql.put(table.name(), table));
        String sql = """
                select x.sql, n.nspname, c.relname, a.attname,
                case when a.atttypid = cast('pg_catalog.bytea' as regtype) then 'bytea' else 'varchar' end,
                case when a.atttypmod > 4 then a.atttypmod - 4 end, i.found
                from unnest(cast(? as text[])) as x(sql)
                join pg_catalog.pg_class c on c.oid = pg_catalog.to_regclass(x.sql) and c.relkind in ('r', 'p')
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                left join pg_catalog.pg_collation o on o.oid = a.attcollation
                left join lateral (select true as found from pg_catalog.pg_index i where i.indrelid = c.oid
                and (a.attnum = any (i.indkey) or i.indexprs is not null) limit 1) i on true
                where a.atttypid in (cast('pg_catalog.varchar' as regtype), cast('pg_catalog.text' as regtype),
                cast('pg_catalog.bytea' as regtype))
                and not a.atthasdef and coalesce(o.collisdeterministic, true)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(seconds);
            statement.setArray(
                    1, connection.createArrayOf("text", bySql.keySet().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    TableName name = new TableName(null, rows.getString(2), rows.getString(3));
                    EncryptedTable table = bySql.get(rows.getString(1));
                    if (table != null) {
                        names.put(table, name);
                    }
                    Column column = new Column(name.schema(), name.name(), rows.getString(4));
                    if (rows.getBoolean(7)) {
                        indexed.add(column);
                    }
                    add(column, rows.getString(5), rows.getLong(6));
                }
            }
        }
    }

    private void readInformationSchema(
            String columns, String keys, Collection<EncryptedTable> tables, Map<EncryptedTable, TableName> names)
            throws SQLException {
        for (EncryptedTable table : tables) {
            TableName name = TableName.find(connection, database, table.name());
            if (name != null) {
                names.put(table, name);
            }
        }
        Map<String, List<TableName>> bySchema =
                names.values().stream().collect(Collectors.groupingBy(name -> String.valueOf(schema(name))));
        for (Map.Entry<String, List<TableName>> each : bySchema.entrySet()) {
            try (PreparedStatement statement = prepare(columns, each.getKey(), each.getValue());
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Column column = new Column(rows.getString(1), rows.getString(2), rows.getString(3));
                    add(column, rows.getString(4), rows.getLong(5));
                }
            }
            try (PreparedStatement statement = prepare(keys, each.getKey(), each.getValue());
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    indexed.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
    }

    /** One schema, since MariaDB would open the tables of all others if asked for several. */
    private PreparedStatement prepare(String select, String schema, List<TableName> tables) throws SQLException {
        String places = tables.stream().map(table -> "?").collect(Collectors.joining(", "));
        PreparedStatement statement =
                connection.prepareStatement(select + " c.table_schema = ? and c.table_name in (" + places + ")");
        statement.setQueryTimeout(seconds);
        statement.setString(1, schema);
        for (int i = 0; i < tables.size(); i++) {
            statement.setString(i + 2, tables.get(i).name());
        }
        return statement;
    }

    /** @param capacity 0 where there is no limit */
    private void add(Column key, String type, long capacity) {
        ColumnKind kind = type.equals("bytea") || type.equals("varbinary") || type.equals("BINARY VARYING")
                ? ColumnKind.BYTES
                : ColumnKind.CHARACTERS;
        long limit = capacity == 0 ? Long.MAX_VALUE : capacity;
        ordinary.put(
                key,
                new RealColumn(String.valueOf(key.column()), kind, type, limit, true, null, false, "", null, false));
    }
}
