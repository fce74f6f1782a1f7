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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final DatabaseKind database;
    private final String select;
    private final String order;

    PageReader(TableShape shape, DatabaseKind database) {
        this.shape = shape;
        this.database = database;
        List<String> key = shape.key().stream().map(KeyColumn::name).toList();
        this.select = "select "
                + Stream.concat(key.stream(), shape.columns().stream().map(EncryptedColumn::name))
                        .collect(Collectors.joining(", "))
                + " from " + shape.table().name();
        this.order = " order by " + String.join(", ", key);
    }

    /** @param after the last key of the page before, or null for the first page of the range */
    Page next(JobConnection connection, KeyRange range, @Nullable KeyValue after, int rows) throws SQLException {
        List<KeyCondition> conditions = conditions(after == null ? range.after() : after, range.upTo());
        List<Row> page = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepare(database.limited(select + where(conditions) + order, rows))) {
            statement.setFetchSize(Math.min(rows, FETCH_SIZE));
            bind(statement, conditions);
            long bytes = 0;
            try (ResultSet found = statement.executeQuery()) {
                while (bytes < PAGE_BYTES && found.next()) {
                    Row row = row(found);
                    page.add(row);
                    bytes += row.size();
                }
            }
            boolean more = page.size() == rows || bytes >= PAGE_BYTES;
            return new Page(page, more ? page.get(page.size() - 1).key() : null);
        }
    }

    /** The rows of a page as they are now. */
    Map<KeyValue, Row> again(JobConnection connection, KeyRange range, @Nullable KeyValue after, KeyValue last)
            throws SQLException {
        List<KeyCondition> conditions = conditions(after == null ? range.after() : after, last);
        Map<KeyValue, Row> rows = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepare(select + where(conditions) + order)) {
            statement.setFetchSize(FETCH_SIZE);
            bind(statement, conditions);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    Row row = row(found);
                    rows.put(row.key(), row);
                }
            }
        }
        return rows;
    }

    private List<KeyCondition> conditions(@Nullable KeyValue after, @Nullable KeyValue upTo) {
        List<KeyCondition> conditions = new ArrayList<>();
        if (after != null) {
            conditions.add(new KeyCondition(database, shape.key(), KeyCondition.Comparison.BEHIND, after));
        }
        if (upTo != null) {
            conditions.add(new KeyCondition(database, shape.key(), KeyCondition.Comparison.UP_TO, upTo));
        }
        return conditions;
    }

    private static String where(List<KeyCondition> conditions) {
        return conditions.isEmpty()
                ? ""
                : " where " + conditions.stream().map(KeyCondition::sql).collect(Collectors.joining(" and "));
    }

    private static void bind(PreparedStatement statement, List<KeyCondition> conditions) throws SQLException {
        int index = 1;
        for (KeyCondition condition : conditions) {
            index = condition.bind(statement, index);
        }
    }

    private Row row(ResultSet found) throws SQLException {
        List<KeyColumn> key = shape.key();
        Object[] parts = new Object[key.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = key.get(i).kind().read(found, i + 1);
        }
        @Nullable Object[] stored = new Object[shape.columns().size()];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = shape.columns().get(i).read(found, key.size() + i + 1);
        }
        return new Row(new KeyValue(parts), stored);
    }
}
