package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.SQLException;
import java.util.List;

/** One update a page, its keys, old and new values as arrays: the fastest way by measurement. */
final class PostgresqlWriter implements RowWriter {

    private final RowArrays arrays;
    private final String sql;

    PostgresqlWriter(TableShape shape) {
        this.arrays = new RowArrays(shape, PostgresqlTypes::plain, "text", "bytea", "[]");
        this.sql = "update " + shape.table().name() + " t set " + arrays.assignments() + " from " + arrays.unnested("v")
                + " where " + arrays.conditions(PostgresqlWriter::comparable);
    }

    /** Text not by the column's collation, which may call different texts equal. */
    private static String comparable(EncryptedColumn column) {
        return column.attribute().storage() == Storage.TEXT
                ? "cast(t." + column.name() + " as text) collate \"C\""
                : "t." + column.name();
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        return arrays.write(connection, sql, rows);
    }

    @Override
    public String name() {
        return "UPDATE from arrays";
    }

    String sql() {
        return sql;
    }
}
