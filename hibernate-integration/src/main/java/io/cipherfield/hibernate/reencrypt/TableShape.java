package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table as the database itself describes it, which may differ from what the mapping would create.
 *
 * @param key the columns by which pages go and rows are found again; empty if there are none
 * @param lengths the longest value that each column takes, in characters or bytes
 * @param realCatalogue the table's catalogue as the database names it, or empty
 * @param realName the table's name as the database names it
 * @param largeObjects whether a column holds large objects
 * @param valueObstacles why values cannot be decrypted for certain, and what to do
 * @param keyObstacle why pages cannot go by the key, and what to do; null if they can
 */
record TableShape(
        EncryptedTable table,
        List<EncryptedColumn> columns,
        List<KeyColumn> key,
        List<Long> lengths,
        String realCatalogue,
        String realName,
        boolean largeObjects,
        List<String> valueObstacles,
        @Nullable String keyObstacle) {

    static TableShape read(JobConnection connection, DatabaseKind database, List<EncryptedColumn> columns)
            throws SQLException {
        EncryptedTable table = columns.get(0).table();
        List<String> names = Stream.concat(columns.stream().map(EncryptedColumn::name), table.keyColumns().stream())
                .toList();
        try (PreparedStatement statement =
                connection.prepare("select " + String.join(", ", names) + " from " + table.name() + " where 1 = 0")) {
            ResultSetMetaData found = statement.executeQuery().getMetaData();
            return of(database, columns, found);
        }
    }

    private static TableShape of(DatabaseKind database, List<EncryptedColumn> columns, ResultSetMetaData found)
            throws SQLException {
        EncryptedTable table = columns.get(0).table();
        List<String> obstacles = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        boolean largeObjects = false;
        for (int i = 0; i < columns.size(); i++) {
            EncryptedColumn column = columns.get(i);
            int precision = found.getPrecision(i + 1);
            lengths.add(precision <= 0 ? Long.MAX_VALUE : precision);
            int type = found.getColumnType(i + 1);
            largeObjects |= type == Types.BLOB || type == Types.CLOB || type == Types.NCLOB;
            if (found.getColumnTypeName(i + 1).equals("oid")) {
                obstacles.add(column
                        + " is a large object outside of the table (oid). Make it a bytea or text column, and map it"
                        + " without @Lob.");
            }
            if (!column.rivals().isEmpty()) {
                obstacles.add(column + " is shared by attributes with different contexts ("
                        + column.attribute().context() + ", "
                        + column.rivals().get(0).context() + "). Give them one context, or a column each.");
            }
        }
        List<KeyColumn> key = new ArrayList<>();
        String keyObstacle = table.keyColumns().isEmpty()
                ? table + " has no primary key. A table can be rewritten that has one."
                : null;
        for (String name : table.keyColumns()) {
            int index = columns.size() + 1 + key.size();
            String type = found.getColumnTypeName(index);
            KeyKind kind = KeyKind.of(found.getColumnType(index), type, database);
            boolean encrypted =
                    columns.stream().anyMatch(column -> column.name().equals(name));
            if (kind == null || encrypted) {
                keyObstacle = table + " has a primary key with the column " + name + ", which is "
                        + (encrypted ? "encrypted" : "of the type " + type)
                        + ". A table can be rewritten whose key's columns are plain numbers, texts, UUIDs, binary, dates or times.";
                key.clear();
                break;
            }
            key.add(new KeyColumn(name, kind, type, encrypted, encrypted));
        }
        return new TableShape(
                table,
                columns,
                List.copyOf(key),
                List.copyOf(lengths),
                found.getCatalogName(1),
                found.getTableName(1),
                largeObjects,
                List.copyOf(obstacles),
                keyObstacle);
    }

    /** A row's key, for reports. */
    String text(KeyValue value) {
        return key.isEmpty() ? String.valueOf(value.part(0)) : value.text(key);
    }
}
