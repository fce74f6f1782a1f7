package io.cipherfield.hibernate.internal.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** The rows that stand for a table: those of both ends by primary key, or any few if it has none. */
final class TableEnds {

    private TableEnds() {}

    /** One select for each end. A row of a small table is at both. */
    static List<String> selects(DatabaseKind database, EncryptedTable table, String expressions, int rowsOfEachEnd) {
        String select = "select " + expressions + " from " + table.name();
        if (table.keyColumns().isEmpty()) {
            return List.of(database.limited(select, rowsOfEachEnd));
        }
        String first = select + " order by " + String.join(", ", table.keyColumns());
        String last = select + " order by "
                + table.keyColumns().stream().map(key -> key + " desc").collect(Collectors.joining(", "));
        return List.of(database.limited(first, rowsOfEachEnd), database.limited(last, rowsOfEachEnd));
    }
}
