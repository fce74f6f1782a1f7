package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a PostgreSQL table without a primary key, in the order of its blocks, by range scans of {@code ctid}. An update
 * puts a row elsewhere, before or behind: {@link Passes} keeps count. Only a look at a few blocks at a time is sorted.
 */
final class TidReader implements PageReader {

    /** A block of the usual size holds that many rows or more, unless they are long, and then a page is the smaller. */
    private static final int ROWS_OF_A_BLOCK = 16;

    private static final String LAST_OF_BLOCK = "65535";

    private final RowSelect select;
    private final TableShape shape;

    TidReader(TableShape shape) {
        this.shape = shape;
        this.select = new RowSelect(shape, DatabaseKind.POSTGRESQL);
    }

    @Override
    public Page next(JobConnection connection, KeyRange range, @Nullable KeyValue after, int rows) throws SQLException {
        KeyValue start = after == null ? range.after() : after;
        long block = start == null ? 0 : block(start);
        long lastBlock = block + 1 + rows / ROWS_OF_A_BLOCK;
        KeyValue end = new KeyValue("(" + lastBlock + "," + LAST_OF_BLOCK + ")");
        KeyConditions conditions = new KeyConditions(
                start == null
                        ? List.of(select.condition(KeyCondition.Comparison.UP_TO, end))
                        : List.of(
                                select.condition(KeyCondition.Comparison.BEHIND, start),
                                select.condition(KeyCondition.Comparison.UP_TO, end)));
        Page page = select.page(
                connection,
                DatabaseKind.POSTGRESQL.limited(select.sql() + conditions.where() + " order by ctid", rows),
                conditions,
                rows);
        if (page.last() != null) {
            return page;
        }
        return new Page(page.rows(), lastBlock >= lastBlockOfTable(connection) ? null : end);
    }

    private static long block(KeyValue tid) {
        String text = (String) tid.part(0);
        return Long.parseLong(text.substring(1, text.indexOf(',')));
    }

    /** Asked for each page, since new versions of rows make the table longer. */
    private long lastBlockOfTable(JobConnection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepare("select pg_relation_size(cast(? as regclass))"
                + " / cast(current_setting('block_size') as bigint) - 1")) {
            statement.setString(1, shape.table().name());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public Map<KeyValue, Row> again(JobConnection connection, KeyRange range, @Nullable KeyValue after, KeyValue last) {
        return Map.of();
    }
}
