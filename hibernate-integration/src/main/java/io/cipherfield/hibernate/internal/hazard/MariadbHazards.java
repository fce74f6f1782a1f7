package io.cipherfield.hibernate.internal.hazard;

import io.cipherfield.hibernate.internal.startup.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** MariaDB and MySQL: triggers, which only a user with that privilege can see, system-versioned tables, generated columns, views. */
final class MariadbHazards {

    private final Connection connection;
    private final String sql;
    private final String schema;
    private final String table;
    private final List<String> columns;
    private final List<Hazard> found = new ArrayList<>();

    MariadbHazards(Connection connection, String sql, TableName table, List<String> columns) {
        this.connection = connection;
        this.sql = sql;
        this.schema = Objects.requireNonNull(table.catalog());
        this.table = table.name();
        this.columns = columns;
    }

    List<Hazard> find() throws SQLException {
        findTriggers();
        each("select table_type from information_schema.tables where table_schema = ? and table_name = ?", row -> {
            String type = row.getString(1);
            if (type.contains("VIEW")) {
                add(
                        Hazard.Kind.NOT_A_TABLE,
                        "it is a view: what it leaves out is not seen, and triggers of its tables are not looked for");
            } else if (type.equals("SYSTEM VERSIONED")) {
                findVersionedColumns();
            }
        });
        each(
                "select column_name, generation_expression from information_schema.columns where table_schema = ?"
                        + " and table_name = ? and generation_expression is not null order by column_name",
                row -> {
                    List<String> from = GeneratedFrom.columns(row.getString(2), columns, '`');
                    if (!from.isEmpty()) {
                        found.add(GeneratedFrom.hazard(sql, row.getString(1), from));
                    }
                });
        return found;
    }

    private void findTriggers() throws SQLException {
        int before = found.size();
        each(
                "select trigger_name, action_timing from information_schema.triggers where event_object_schema = ?"
                        + " and event_object_table = ? and event_manipulation like '%UPDATE%' order by trigger_name",
                row -> add(
                        Hazard.Kind.TRIGGER,
                        "trigger " + row.getString(1) + " (" + row.getString(2).toLowerCase(Locale.ROOT)
                                + " update, for each row)"));
        if (found.size() == before && !MariadbGrants.of(connection).allow("TRIGGER", schema, table)) {
            // Without the privilege the catalogue shows no trigger, whether there are some or not.
            add(
                    Hazard.Kind.TRIGGER,
                    "whether it has triggers cannot be seen without a privilege: grant trigger on `" + schema
                            + "`.* to this user, or look as another one");
        }
    }

    /** The history keeps only columns that are versioned; a change of others leaves nothing behind. */
    private void findVersionedColumns() throws SQLException {
        List<String> versioned = new ArrayList<>();
        each(
                "select column_name, extra from information_schema.columns where table_schema = ? and table_name = ?",
                row -> {
                    boolean without = row.getString(2).toUpperCase(Locale.ROOT).contains("WITHOUT SYSTEM VERSIONING");
                    if (!without && columns.stream().anyMatch(row.getString(1)::equalsIgnoreCase)) {
                        versioned.add(row.getString(1));
                    }
                });
        if (!versioned.isEmpty()) {
            add(
                    Hazard.Kind.HISTORY,
                    "it is system-versioned, and its history keeps old values of " + String.join(", ", versioned));
        }
    }

    private void add(Hazard.Kind kind, String text) {
        found.add(new Hazard(kind, sql, text));
    }

    private void each(String query, CatalogueQuery.RowConsumer rows) throws SQLException {
        CatalogueQuery.each(connection, query, rows, schema, table);
    }
}
