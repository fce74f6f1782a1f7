package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One merge a page, since H2's update takes no second table. */
final class H2Writer implements RowWriter {

    private final RowArrays arrays;
    private final String sql;

    H2Writer(TableShape shape) {
        String keyType = keyType(shape.keyTypeName());
        this.arrays = new RowArrays(shape, keyType, "varchar", "varbinary");
        List<String> parameters = new ArrayList<>(List.of("cast(? as " + keyType + " array)"));
        List<String> names = new ArrayList<>(List.of("k"));
        List<String> assignments = new ArrayList<>();
        List<String> conditions = new ArrayList<>(List.of("t." + shape.keyColumn() + " = v.k"));
        for (int i = 0; i < shape.columns().size(); i++) {
            EncryptedColumn column = shape.columns().get(i);
            String array = "cast(? as " + arrays.typeName(i) + " array)";
            parameters.addAll(List.of(array, array));
            names.addAll(List.of("o" + i, "n" + i));
            assignments.add(column.name() + " = v.n" + i);
            conditions.add("t." + column.name() + " is not distinct from v.o" + i);
        }
        this.sql = "merge into " + shape.table().name() + " t using (select * from unnest("
                + String.join(", ", parameters) + ") u(" + String.join(", ", names) + ")) v on "
                + String.join(" and ", conditions) + " when matched then update set "
                + String.join(", ", assignments);
    }

    /** Without a length, numeric means no decimals and character means one. */
    private static String keyType(String typeName) {
        return switch (typeName) {
            case "NUMERIC", "DECIMAL" -> "decfloat";
            case "CHARACTER" -> "varchar";
            case "BINARY" -> "varbinary";
            default -> typeName;
        };
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
