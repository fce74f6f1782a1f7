package io.cipherfield.hibernate.internal.hazard;

import java.util.List;

/** Tells which columns a generated column's expression names, for databases whose catalogue has its text alone. */
final class GeneratedFrom {

    private GeneratedFrom() {}

    /** @param quote the database puts each name of a stored expression between two of these */
    static List<String> columns(String expression, List<String> columns, char quote) {
        return columns.stream()
                .filter(column -> expression.contains(quote + column + quote))
                .toList();
    }

    static Hazard hazard(String table, String generated, List<String> from) {
        return new Hazard(
                Hazard.Kind.NOTICE,
                table,
                "column " + generated + " is generated from " + String.join(", ", from)
                        + " and changes with each value that is rewritten");
    }
}
