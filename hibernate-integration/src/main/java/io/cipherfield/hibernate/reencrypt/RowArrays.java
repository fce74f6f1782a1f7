package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page's rows as arrays: the keys, then the old and the new values of each column. */
final class RowArrays {

    private final TableShape shape;
    private final KeyKind kind;
    private final String keyType;
    private final String textType;
    private final String bytesType;

    RowArrays(TableShape shape, String keyType, String textType, String bytesType) {
        this.shape = shape;
        this.kind = shape.requireKeyKind();
        this.keyType = keyType;
        this.textType = textType;
        this.bytesType = bytesType;
    }

    String typeName(int column) {
        return isText(column) ? textType : bytesType;
    }

    void bind(PreparedStatement statement, Connection connection, List<Row> rows) throws SQLException {
        @Nullable Object[] keys = kind == KeyKind.BYTES ? new byte[rows.size()][] : new Object[rows.size()];
        for (int r = 0; r < keys.length; r++) {
            keys[r] = rows.get(r).key();
        }
        int index = 1;
        statement.setArray(index++, connection.createArrayOf(keyType, keys));
        for (int c = 0; c < shape.columns().size(); c++) {
            @Nullable Object[] old = values(c, rows.size());
            @Nullable Object[] next = values(c, rows.size());
            for (int r = 0; r < old.length; r++) {
                old[r] = rows.get(r).stored(c);
                next[r] = rows.get(r).next(c);
            }
            statement.setArray(index++, connection.createArrayOf(typeName(c), old));
            statement.setArray(index++, connection.createArrayOf(typeName(c), next));
        }
    }

    private @Nullable Object[] values(int column, int size) {
        return isText(column) ? new @Nullable String[size] : new byte @Nullable [size][];
    }

    private boolean isText(int column) {
        return shape.columns().get(column).attribute().storage() == Storage.TEXT;
    }
}
