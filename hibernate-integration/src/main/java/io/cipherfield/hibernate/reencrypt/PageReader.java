package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table page by page, each behind the last key of the one before, in the database's own order of the keys: with a
 * collation that only the database knows, comparing keys here would skip rows.
 */
final class PageReader {

    /** A page of large values ends early, so that memory stays bounded whatever the page's size in rows. */
    static final long PAGE_BYTES = 16L << 20;

    private static final int FETCH_SIZE = 200;

    private final TableShape shape;
    private final KeyKind kind;
    private final DatabaseKind database;
    private final String select;
    private final String behind;
    private final String upTo;
    private final String order;

    PageReader(TableShape shape, DatabaseKind database) {
        this.shape = shape;
        this.kind = shape.requireKeyKind();
        this.database = database;
        String key = shape.keyColumn();
        // Typed as the column is: PostgreSQL would compare an untyped text with a char(n) as text, another order and no
        // index.
        String parameter = database == DatabaseKind.POSTGRESQL
                ? "cast(? as " + PostgresqlTypes.plain(shape.keyTypeName()) + ")"
                : "?";
        this.select = "select " + key + ", "
                + String.join(
                        ", ",
                        shape.columns().stream().map(EncryptedColumn::name).toList())
                + " from " + shape.table().name();
        this.behind = key + " > " + parameter;
        this.upTo = key + " <= " + parameter;
        this.order = " order by " + key;
    }

    /** @param after the last key of the page before, or null for the first page */
    List<Row> next(JobConnection connection, @Nullable Object after, int rows) throws SQLException {
        String sql = select + (after == null ? "" : " where " + behind) + order;
        List<Row> page = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(database.limited(sql, rows))) {
            statement.setFetchSize(Math.min(rows, FETCH_SIZE));
            if (after != null) {
                kind.bind(statement, 1, after);
            }
            long bytes = 0;
            try (ResultSet found = statement.executeQuery()) {
                while (bytes < PAGE_BYTES && found.next()) {
                    Row row = row(found);
                    page.add(row);
                    bytes += row.size();
                }
            }
        }
        return page;
    }

    /** The rows between two keys as they are now, by {@link KeyKind#identity}. */
    Map<Object, Row> again(JobConnection connection, @Nullable Object after, Object last) throws SQLException {
        String sql = select + " where " + (after == null ? "" : behind + " and ") + upTo + order;
        Map<Object, Row> rows = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepare(sql)) {
            statement.setFetchSize(FETCH_SIZE);
            int index = 1;
            if (after != null) {
                kind.bind(statement, index++, after);
            }
            kind.bind(statement, index, last);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    Row row = row(found);
                    rows.put(kind.identity(row.key()), row);
                }
            }
        }
        return rows;
    }

    private Row row(ResultSet found) throws SQLException {
        Object key = kind.read(found, 1);
        @Nullable Object[] stored = new Object[shape.columns().size()];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = shape.columns().get(i).read(found, i + 2);
        }
        return new Row(key, stored);
    }
}
