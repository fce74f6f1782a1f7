package io.cipherfield.hibernate.internal.hazard;

import io.cipherfield.hibernate.internal.startup.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** H2 has triggers, generated columns and views, and neither history nor row-level security. */
final class H2Hazards {

    private final Connection connection;
    private final String sql;
    private final TableName table;
    private final List<String> columns;
    private final List<Hazard> found = new ArrayList<>();

    H2Hazards(Connection connection, String sql, TableName table, List<String> columns) {
        this.connection = connection;
        this.sql = sql;
        this.table = table;
        this.columns = columns;
    }

    List<Hazard> find() throws SQLException {
        each(
                "select trigger_name, action_timing, action_orientation from information_schema.triggers"
                        + " where event_object_schema = ? and event_object_table = ? and event_manipulation like '%UPDATE%'"
                        + " order by trigger_name",
                row -> add(
                        Hazard.Kind.TRIGGER,
                        "trigger " + row.getString(1) + " ("
                                + row.getString(2).toLowerCase(Locale.ROOT) + " update, for each "
                                + row.getString(3).toLowerCase(Locale.ROOT) + ")"));
        each(
                "select column_name, generation_expression from information_schema.columns"
                        + " where table_schema = ? and table_name = ? and is_generated = 'ALWAYS' order by column_name",
                row -> {
                    List<String> from = GeneratedFrom.columns(row.getString(2), columns, '"');
                    if (!from.isEmpty()) {
                        found.add(GeneratedFrom.hazard(sql, row.getString(1), from));
                    }
                });
        each(
                "select table_type from information_schema.tables where table_schema = ? and table_name = ?"
                        + " and table_type = 'VIEW'",
                row -> add(
                        Hazard.Kind.NOT_A_TABLE,
                        "it is a view: what it leaves out is not seen, and triggers of its tables are not looked for"));
        return found;
    }

    private void add(Hazard.Kind kind, String text) {
        found.add(new Hazard(kind, sql, text));
    }

    private void each(String query, CatalogueQuery.RowConsumer rows) throws SQLException {
        CatalogueQuery.each(connection, query, rows, Objects.requireNonNull(table.schema()), table.name());
    }
}
