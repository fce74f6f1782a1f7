package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One update a page, its keys, old and new values as arrays: the fastest way by measurement. */
final class PostgresqlWriter implements RowWriter {

    private final RowArrays arrays;
    private final String sql;

    PostgresqlWriter(TableShape shape) {
        String keyType = PostgresqlTypes.plain(shape.keyTypeName());
        this.arrays = new RowArrays(shape, keyType, "text", "bytea");
        List<String> parameters = new ArrayList<>(List.of("cast(? as " + keyType + "[])"));
        List<String> names = new ArrayList<>(List.of("k"));
        List<String> assignments = new ArrayList<>();
        List<String> conditions = new ArrayList<>(List.of("t." + shape.keyColumn() + " = v.k"));
        for (int i = 0; i < shape.columns().size(); i++) {
            EncryptedColumn column = shape.columns().get(i);
            String array = "cast(? as " + arrays.typeName(i) + "[])";
            parameters.addAll(List.of(array, array));
            names.addAll(List.of("o" + i, "n" + i));
            assignments.add(column.name() + " = v.n" + i);
            conditions.add(
                    switch (column.attribute().storage()) {
                        // Not by the column's collation, which may call different texts equal.
                        case TEXT -> "cast(t." + column.name() + " as text) collate \"C\" is not distinct from v.o" + i;
                        default -> "t." + column.name() + " is not distinct from v.o" + i;
                    });
        }
        this.sql = "update " + shape.table().name() + " t set " + String.join(", ", assignments) + " from unnest("
                + String.join(", ", parameters) + ") v(" + String.join(", ", names) + ") where "
                + String.join(" and ", conditions);
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            arrays.bind(statement, connection.get(), rows);
            return statement.executeUpdate() == rows.size();
        }
    }

    String sql() {
        return sql;
    }
}
