package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a table whose key no page can go by, in one go and in no order; for looking only. */
final class FullScan {

    static final int FETCH_SIZE = 500;

    private FullScan() {}

    /** @param rows gets each row, what may be shown of its key as text: {@code owner_id=7, position=2} */
    static void read(JobConnection connection, TableShape shape, Consumer<Row> rows) throws SQLException {
        // Without what is encrypted, or should be.
        List<String> keys = shape.labels();
        List<String> names = Stream.concat(shape.columns().stream().map(EncryptedColumn::name), keys.stream())
                .toList();
        String sql =
                "select " + String.join(", ", names) + " from " + shape.table().name();
        try (PreparedStatement statement = connection.get().prepareStatement(sql)) {
            // The whole table is one statement, which may take hours.
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.accept(row(found, shape, keys));
                }
            }
        }
        connection.rollback();
    }

    private static Row row(ResultSet found, TableShape shape, List<String> keys) throws SQLException {
        @Nullable Object[] stored = new Object[shape.columns().size()];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = shape.columns().get(i).read(found, i + 1);
        }
        StringJoiner key = new StringJoiner(", ");
        for (int i = 0; i < keys.size(); i++) {
            key.add(keys.get(i) + "=" + found.getString(stored.length + 1 + i));
        }
        return new Row(new KeyValue(), keys.isEmpty() ? "without a key to show" : key.toString(), stored, 1);
    }
}
