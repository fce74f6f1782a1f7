package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the columns that take different texts for equal. The database is asked to compare, under each column's own rules: the
 * names of collations do not tell, and a column's type or a setting of the database may do the same.
 */
final class Collations {

    private Collations() {}

    static Map<EncryptedColumn, RealColumn> marked(
            Connection connection, DatabaseKind database, Map<EncryptedColumn, RealColumn> columns, int seconds)
            throws SQLException {
        List<EncryptedColumn> text = columns.entrySet().stream()
                .filter(each -> each.getValue().kind() == ColumnKind.CHARACTERS)
                .map(Map.Entry::getKey)
                .toList();
        // The question needs a select without a table, which some databases do not know.
        if (text.isEmpty() || database == DatabaseKind.OTHER) {
            return columns;
        }
        List<String> questions = new ArrayList<>();
        for (EncryptedColumn column : text) {
            questions.add("(select count(*) from (select " + column.name() + " as v from "
                    + column.table().name()
                    + " where 1 = 0 union all select 'a' union all select 'a-') x where v in ('A', 'a_'))");
        }
        Map<EncryptedColumn, RealColumn> marked = new LinkedHashMap<>(columns);
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            try (ResultSet answers = statement.executeQuery("select " + String.join(", ", questions))) {
                answers.next();
                for (int i = 0; i < text.size(); i++) {
                    if (answers.getInt(i + 1) > 0) {
                        marked.computeIfPresent(text.get(i), (column, real) -> real.blurring());
                    }
                }
            }
        }
        return marked;
    }
}
