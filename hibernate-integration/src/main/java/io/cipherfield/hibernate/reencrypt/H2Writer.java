package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.List;

/** One merge a page, since H2's update takes no second table. */
final class H2Writer implements RowWriter {

    private final RowArrays arrays;
    private final String sql;

    H2Writer(TableShape shape) {
        String keyType = keyType(shape.keyTypeName());
        this.arrays = new RowArrays(shape, keyType, "varchar", "varbinary", " array");
        this.sql = "merge into " + shape.table().name() + " t using (select * from " + arrays.unnested("u") + ") v on "
                + arrays.conditions(column -> "t." + column.name()) + " when matched then update set "
                + arrays.assignments();
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
        return arrays.write(connection, sql, rows);
    }

    String sql() {
        return sql;
    }
}
