package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a MariaDB table without a primary key: by owner, for which there is an index, and for one owner by a digest of the
 * encrypted values, for which there is none. Equal rows come as one that stands for all of them, so that they need no order
 * among each other. A page looks at a few owners at a time, since ordering by the digest sorts all that it looks at.
 */
final class ContentReader implements PageReader {

    /** An owner's rows are gone through once for each of its pages, so that a large owner's pages have to be large. */
    private static final int PAGES_OF_AN_OWNER = 8;

    private final TableShape shape;
    private final RowSelect select;
    private final int ownerColumns;
    private final String grouping;

    ContentReader(TableShape shape) {
        this.shape = shape;
        // Equal digests are equal values, so any of them is the group's.
        this.select = new RowSelect(shape, DatabaseKind.MARIADB, name -> "max(" + name + ")", true);
        this.ownerColumns = shape.fixedColumns();
        this.grouping = " group by " + select.keyNames() + " order by " + select.keyNames();
    }

    @Override
    public int rows(JobConnection connection, KeyRange range, @Nullable KeyValue after, int size) throws SQLException {
        KeyValue start = after == null ? range.after() : after;
        KeyConditions owners =
                owners(start, ownerColumns == 0 ? null : lastOwner(connection, start, range.upTo(), size));
        try (PreparedStatement statement =
                connection.prepare("select count(*) from " + shape.table().name() + owners.where())) {
            owners.bind(statement);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return (int) Math.max(size, Math.min(found.getLong(1) / PAGES_OF_AN_OWNER, Integer.MAX_VALUE));
            }
        }
    }

    @Override
    public Page next(JobConnection connection, KeyRange range, @Nullable KeyValue after, int rows) throws SQLException {
        KeyValue start = after == null ? range.after() : after;
        KeyValue end = ownerColumns == 0 ? null : lastOwner(connection, start, range.upTo(), rows);
        KeyConditions conditions = select.between(start, end == null ? range.upTo() : end);
        Page page = select.page(
                connection,
                DatabaseKind.MARIADB.limited(select.sql() + conditions.where() + grouping, rows),
                conditions,
                rows);
        return page.last() != null ? page : new Page(page.rows(), end);
    }

    /** The owner of the row that is a page away; null if there are fewer rows. */
    private @Nullable KeyValue lastOwner(
            JobConnection connection, @Nullable KeyValue start, @Nullable KeyValue upTo, int rows) throws SQLException {
        KeyConditions both = owners(start, upTo);
        List<KeyColumn> owner = shape.key().subList(0, ownerColumns);
        String names = owner.stream().map(KeyColumn::name).collect(Collectors.joining(", "));
        String sql = "select " + names + " from " + shape.table().name() + both.where() + " order by " + names
                + " limit 1 offset " + (rows - 1);
        try (PreparedStatement statement = connection.prepare(sql)) {
            both.bind(statement);
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    return null;
                }
                Object[] parts = new Object[ownerColumns];
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = owner.get(i).kind().read(found, i + 1);
                }
                return new KeyValue(parts);
            }
        }
    }

    /** All rows of the owners, the first one's too if it is begun. */
    private KeyConditions owners(@Nullable KeyValue start, @Nullable KeyValue upTo) {
        List<KeyCondition> conditions = new ArrayList<>();
        if (start != null && ownerColumns > 0) {
            boolean amidAnOwner = start.size() > ownerColumns;
            conditions.add(select.condition(
                    amidAnOwner ? KeyCondition.Comparison.FROM : KeyCondition.Comparison.BEHIND,
                    amidAnOwner ? start.first(ownerColumns) : start));
        }
        if (upTo != null) {
            conditions.add(select.condition(KeyCondition.Comparison.UP_TO, upTo));
        }
        return new KeyConditions(conditions);
    }

    @Override
    public Map<KeyValue, Row> again(JobConnection connection, KeyRange range, @Nullable KeyValue after, KeyValue last) {
        return Map.of();
    }
}
