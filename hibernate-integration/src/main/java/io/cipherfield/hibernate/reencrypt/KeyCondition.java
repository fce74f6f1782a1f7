package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a row's key compares with a value, or its first columns with a value of fewer parts: in a form for which each database
 * uses the key's index.
 */
final class KeyCondition {

    enum Comparison {
        BEHIND(">", ">"),
        FROM(">", ">="),
        UP_TO("<", "<=");

        private final String strict;
        private final String last;

        Comparison(String strict, String last) {
            this.strict = strict;
            this.last = last;
        }
    }

    private final DatabaseKind database;
    private final List<KeyColumn> key;
    private final Comparison comparison;
    private final KeyValue value;

    KeyCondition(DatabaseKind database, List<KeyColumn> key, Comparison comparison, KeyValue value) {
        this.database = database;
        this.key = key.subList(0, value.size());
        this.comparison = comparison;
        this.value = value;
    }

    String sql() {
        if (key.size() == 1) {
            return compared(0, comparison.last);
        }
        if (database == DatabaseKind.POSTGRESQL) {
            // The one form that PostgreSQL looks up in an index; the others do not look up this one.
            return "(" + key.stream().map(KeyColumn::name).collect(Collectors.joining(", ")) + ") " + comparison.last
                    + " (" + key.stream().map(this::parameter).collect(Collectors.joining(", ")) + ")";
        }
        return compared(0, comparison.strict + "=") + " and " + expanded(0);
    }

    private String expanded(int from) {
        return from == key.size() - 1
                ? compared(from, comparison.last)
                : "(" + compared(from, comparison.strict) + " or (" + compared(from, "=") + " and " + expanded(from + 1)
                        + "))";
    }

    private String compared(int column, String operator) {
        return key.get(column).name() + " " + operator + " " + parameter(key.get(column));
    }

    private String parameter(KeyColumn column) {
        return parameter(database, column);
    }

    /** Typed as the column is: PostgreSQL would compare an untyped text with a char(n) as text, another order and no index. */
    static String parameter(DatabaseKind database, KeyColumn column) {
        return database == DatabaseKind.POSTGRESQL
                ? "cast(? as " + PostgresqlTypes.plain(column.typeName()) + ")"
                : "?";
    }

    /** @return the index of the next parameter */
    int bind(PreparedStatement statement, int index) throws SQLException {
        int next = index;
        for (int column : boundColumns()) {
            key.get(column).kind().bind(statement, next++, value.part(column));
        }
        return next;
    }

    private int[] boundColumns() {
        int last = key.size() - 1;
        if (last == 0 || database == DatabaseKind.POSTGRESQL) {
            return IntStream.rangeClosed(0, last).toArray();
        }
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.rangeClosed(0, last).flatMap(i -> i == last ? IntStream.of(i) : IntStream.of(i, i)))
                .toArray();
    }
}
