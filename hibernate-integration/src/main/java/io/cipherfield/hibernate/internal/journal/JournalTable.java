package io.cipherfield.hibernate.internal.journal;

import static io.cipherfield.hibernate.internal.journal.JournalColumn.hash;
import static io.cipherfield.hibernate.internal.journal.JournalColumn.id;
import static io.cipherfield.hibernate.internal.journal.JournalColumn.label;
import static io.cipherfield.hibernate.internal.journal.JournalColumn.moment;
import static io.cipherfield.hibernate.internal.journal.JournalColumn.number;
import static io.cipherfield.hibernate.internal.journal.JournalColumn.text;

import java.util.List;
import java.util.stream.Collectors;

/** The journal's tables. Names of columns are reserved words of no database. */
enum JournalTable {
    /** One row for ever: the lease, and the run that has it or had it last. The token only grows. */
    RUN(
            id("id"),
            number("run_no"),
            number("token"),
            label("run_state"),
            label("job_mode"),
            label("primary_key_id"),
            label("suite"),
            text("from_keys"),
            text("selection"),
            text("fingerprint"),
            text("owner"),
            number("attempts"),
            moment("started_at"),
            moment("expires_at"),
            moment("finished_at")),

    /** A range of the last run, with the token of its last attempt, and what was committed of it. */
    RANGE(
            id("id"),
            number("token"),
            label("table_name"),
            text("after_key"),
            text("up_to_key"),
            text("reached_key"),
            number("done"),
            number("pages"),
            number("rows_read"),
            number("scanned"),
            number("rewritten"),
            number("from_plaintext"),
            number("from_legacy"),
            number("already_current"),
            number("null_values"),
            number("changed_meanwhile"),
            number("failed")),

    /** A value that was left as it is, and the last run that found it so. */
    QUARANTINE(
            hash("id"),
            number("run_no"),
            label("table_name"),
            text("row_key"),
            label("column_name"),
            label("key_id"),
            text("reason"),
            label("fingerprint"),
            moment("found_at"));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<JournalColumn> columns;

    JournalTable(JournalColumn... columns) {
        this.columns = List.of(columns);
    }

    List<JournalColumn> columns() {
        return columns;
    }

    String ddl(JournalSql sql, String name) {
        return "create table " + name
                + columns.stream()
                        .map(column -> column.declaration(sql))
                        .collect(Collectors.joining(",\n    ", " (\n    ", "\n)"))
                + sql.tableOptions();
    }
}
