package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages by a key that has an index. */
final class KeyReader implements PageReader {

    private final RowSelect select;
    private final DatabaseKind database;
    private final String order;

    KeyReader(TableShape shape, DatabaseKind database) {
        this(new RowSelect(shape, database), database);
    }

    /** Of a copy. */
    KeyReader(TableShape shape, DatabaseKind database, CopySource source) {
        this(new RowSelect(shape, database, source), database);
    }

    private KeyReader(RowSelect select, DatabaseKind database) {
        this.select = select;
        this.database = database;
        this.order = " order by " + select.keyNames();
    }

    @Override
    public Page next(JobConnection connection, KeyRange range, @Nullable KeyValue after, int rows) throws SQLException {
        KeyConditions conditions = conditions(range, after);
        return select.page(connection, sql(conditions, rows), conditions, rows);
    }

    KeyConditions conditions(KeyRange range, @Nullable KeyValue after) {
        return select.between(after == null ? range.after() : after, range.upTo());
    }

    String sql(KeyConditions conditions, int rows) {
        return database.limited(select.sql() + conditions.where() + order, rows);
    }

    @Override
    public Map<KeyValue, Row> again(JobConnection connection, KeyRange range, @Nullable KeyValue after, KeyValue last)
            throws SQLException {
        KeyConditions conditions = select.between(after == null ? range.after() : after, last);
        Map<KeyValue, Row> rows = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepare(select.sql() + conditions.where() + order)) {
            statement.setFetchSize(FETCH_SIZE);
            conditions.bind(statement);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    Row row = select.row(found);
                    rows.put(row.key(), row);
                }
            }
        }
        return rows;
    }
}
