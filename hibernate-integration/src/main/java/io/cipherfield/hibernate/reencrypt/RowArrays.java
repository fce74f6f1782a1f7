package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A page's rows as arrays, the keys, then the old and the new values of each column; and the statement's parts that name them. */
final class RowArrays {

    private final TableShape shape;
    private final List<KeyColumn> key;
    private final UnaryOperator<String> keyType;
    private final String textType;
    private final String bytesType;
    private final String arraySuffix;

    /**
     * @param keyType the name of a key column's type, as a cast takes it
     * @param arraySuffix makes the name of a type that of its array
     */
    RowArrays(TableShape shape, UnaryOperator<String> keyType, String textType, String bytesType, String arraySuffix) {
        this.shape = shape;
        this.key = shape.key();
        this.keyType = keyType;
        this.textType = textType;
        this.bytesType = bytesType;
        this.arraySuffix = arraySuffix;
    }

    /** The page as a table, {@code unnest(…) v(k0, …, o0, n0, …)}. */
    String unnested(String alias) {
        List<String> parameters = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            parameters.add(parameter(keyType(i)));
            names.add("k" + i);
        }
        for (int i = 0; i < shape.columns().size(); i++) {
            parameters.addAll(List.of(parameter(typeName(i)), parameter(typeName(i))));
            names.addAll(List.of("o" + i, "n" + i));
        }
        return "unnest(" + String.join(", ", parameters) + ") " + alias + "(" + String.join(", ", names) + ")";
    }

    /** Each column gets its new value. */
    String assignments() {
        return forEachColumn(", ", (column, i) -> column.name() + " = v.n" + i);
    }

    /**
     * A row is the same as it was read.
     *
     * @param comparable a column of the table t in the way in which it is compared
     */
    String conditions(Function<EncryptedColumn, String> comparable) {
        return IntStream.range(0, key.size())
                        .mapToObj(i -> "t." + key.get(i).name() + " = v.k" + i)
                        .collect(Collectors.joining(" and "))
                + " and "
                + forEachColumn(" and ", (column, i) -> comparable.apply(column) + " is not distinct from v.o" + i);
    }

    private String forEachColumn(String separator, BiFunction<EncryptedColumn, Integer, String> part) {
        return IntStream.range(0, shape.columns().size())
                .mapToObj(i -> part.apply(shape.columns().get(i), i))
                .collect(Collectors.joining(separator));
    }

    private String parameter(String type) {
        return "cast(? as " + type + arraySuffix + ")";
    }

    private String keyType(int column) {
        return keyType.apply(key.get(column).typeName());
    }

    private String typeName(int column) {
        return isText(column) ? textType : bytesType;
    }

    /** @return whether every row was written */
    boolean write(JobConnection connection, String sql, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            bind(statement, connection.get(), rows);
            return statement.executeUpdate() == rows.size();
        }
    }

    private void bind(PreparedStatement statement, Connection connection, List<Row> rows) throws SQLException {
        int index = 1;
        for (int k = 0; k < key.size(); k++) {
            statement.setArray(index++, connection.createArrayOf(keyType(k), keys(k, rows)));
        }
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

    /** Of one class where all are, which a driver may then send as bytes. */
    private Object[] keys(int column, List<Row> rows) {
        boolean numbers = rows.stream().allMatch(row -> row.key().part(column) instanceof Long);
        Object[] parts = key.get(column).kind() == KeyKind.BYTES
                ? new byte[rows.size()][]
                : numbers ? new Long[rows.size()] : new Object[rows.size()];
        for (int r = 0; r < parts.length; r++) {
            parts[r] = rows.get(r).key().part(column);
        }
        return parts;
    }

    private @Nullable Object[] values(int column, int size) {
        return isText(column) ? new @Nullable String[size] : new byte @Nullable [size][];
    }

    private boolean isText(int column) {
        return shape.columns().get(column).attribute().storage() == Storage.TEXT;
    }
}
