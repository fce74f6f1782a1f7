package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.List;

/** One merge a page, since H2's update takes no second table. */
final class H2Writer implements RowWriter {

    private final RowArrays arrays;
    private final String sql;

    H2Writer(TableShape shape) {
        this.arrays = new RowArrays(shape, H2Writer::keyType, "varchar", "varbinary", " array");
        this.sql = "merge into " + shape.table().name() + " t using (select * from " + arrays.unnested("u") + ") v on "
                + arrays.conditions(column -> "t." + column.name()) + " when matched then update set "
                + arrays.assignments();
    }

    /** Without a length, numeric means no decimals, character means one, and times lose digits. */
    private static String keyType(String typeName) {
        return switch (typeName) {
            case "NUMERIC", "DECIMAL" -> "decfloat";
            case "CHARACTER", "CHARACTER VARYING" -> "varchar";
            case "BINARY", "BINARY VARYING" -> "varbinary";
            case "TIME" -> "time(9)";
            case "TIME WITH TIME ZONE" -> "time(9) with time zone";
            case "TIMESTAMP" -> "timestamp(9)";
            case "TIMESTAMP WITH TIME ZONE" -> "timestamp(9) with time zone";
            default -> typeName;
        };
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        return arrays.write(connection, sql, rows);
    }

    @Override
    public String name() {
        return "MERGE from arrays";
    }

    String sql() {
        return sql;
    }
}
