package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statement that reads rows: keys, encrypted values, labels, and how many rows each stands for. */
final class RowSelect {

    private final TableShape shape;
    private final DatabaseKind database;
    private final String sql;
    private final boolean grouped;
    private final @Nullable CopySource source;

    RowSelect(TableShape shape, DatabaseKind database) {
        this(shape, database, name -> name, false, null);
    }

    /** Of a copy. */
    RowSelect(TableShape shape, DatabaseKind database, CopySource source) {
        this(shape, database, name -> name, false, source);
    }

    /** @param value makes of a column the value of a group of equal rows, if rows are grouped */
    RowSelect(TableShape shape, DatabaseKind database, UnaryOperator<String> value, boolean grouped) {
        this(shape, database, value, grouped, null);
    }

    private RowSelect(
            TableShape shape,
            DatabaseKind database,
            UnaryOperator<String> value,
            boolean grouped,
            @Nullable CopySource source) {
        this.source = source;
        this.shape = shape;
        this.database = database;
        this.grouped = grouped;
        Stream<String> values = Stream.concat(
                        shape.columns().stream().map(EncryptedColumn::name), shape.labels().stream())
                .map(value);
        this.sql = "select "
                + Stream.concat(shape.key().stream().map(KeyColumn::name), values)
                        .collect(Collectors.joining(", "))
                + (source == null ? "" : ", " + source.column()) + (grouped ? ", count(*)" : "") + " from "
                + shape.table().name();
    }

    String sql() {
        return sql;
    }

    String keyNames() {
        return shape.key().stream().map(KeyColumn::name).collect(Collectors.joining(", "));
    }

    KeyConditions between(@Nullable KeyValue after, @Nullable KeyValue upTo) {
        List<KeyCondition> conditions = new ArrayList<>();
        if (after != null) {
            conditions.add(condition(KeyCondition.Comparison.BEHIND, after));
        }
        if (upTo != null) {
            conditions.add(condition(KeyCondition.Comparison.UP_TO, upTo));
        }
        return new KeyConditions(conditions);
    }

    KeyCondition condition(KeyCondition.Comparison comparison, KeyValue value) {
        return new KeyCondition(database, shape.key(), comparison, value);
    }

    /** @param rows the query's limit, behind which there may be more, as there may be where many bytes end the page early */
    Page page(JobConnection connection, String query, KeyConditions conditions, int rows) throws SQLException {
        List<Row> page = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(query)) {
            statement.setFetchSize(Math.min(rows, PageReader.FETCH_SIZE));
            conditions.bind(statement);
            long bytes = 0;
            try (ResultSet found = statement.executeQuery()) {
                while (bytes < PageReader.PAGE_BYTES && found.next()) {
                    Row row = row(found);
                    page.add(row);
                    bytes += row.size();
                }
            }
            boolean more = page.size() == rows || bytes >= PageReader.PAGE_BYTES;
            return new Page(page, more ? page.get(page.size() - 1).key() : null);
        }
    }

    Row row(ResultSet found) throws SQLException {
        int index = 1;
        Object[] parts = new Object[shape.key().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = shape.key().get(i).kind().read(found, index++);
        }
        @Nullable Object[] stored = new Object[shape.columns().size()];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = shape.columns().get(i).read(found, index++);
        }
        String label = label(found, index);
        index += shape.labels().size();
        Object read = source == null ? null : source.read(found, index++);
        Row row = new Row(new KeyValue(parts), label, stored, grouped ? found.getLong(index) : 1);
        row.source(read);
        return row;
    }

    private String label(ResultSet found, int firstIndex) throws SQLException {
        if (shape.labels().isEmpty()) {
            return "";
        }
        StringJoiner label = new StringJoiner(", ");
        int index = firstIndex;
        for (String name : shape.labels()) {
            label.add(name + "=" + found.getString(index++));
        }
        return label.toString();
    }
}
