package io.cipherfield.hibernate.reencrypt;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The order that a primary key's columns have in its index, without which each page would sort the whole table. */
final class KeyOrder {

    private KeyOrder() {}

    /**
     * @param found the key's columns, in the mapping's order
     * @return their indices, from one on; the mapping's order where the database's primary key is another
     */
    static List<Integer> of(JobConnection connection, ResultSetMetaData found, int columns) throws SQLException {
        List<Integer> mapped = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            mapped.add(i);
            names.add(found.getColumnName(i));
        }
        if (columns < 2) {
            return mapped;
        }
        List<Integer> ordered = new ArrayList<>();
        for (String name : primaryKey(connection, found)) {
            ordered.add(names.indexOf(name) + 1);
        }
        return ordered.size() == columns && ordered.containsAll(mapped) ? ordered : mapped;
    }

    private static Iterable<String> primaryKey(JobConnection connection, ResultSetMetaData found) throws SQLException {
        TreeMap<Short, String> columns = new TreeMap<>();
        try (ResultSet rows = connection
                .get()
                .getMetaData()
                .getPrimaryKeys(
                        orNull(found.getCatalogName(1)), orNull(found.getSchemaName(1)), found.getTableName(1))) {
            while (rows.next()) {
                columns.put(rows.getShort("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return columns.values();
    }

    private static @Nullable String orNull(String name) {
        return name.isEmpty() ? null : name;
    }
}
