package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows without a primary key: a page's digests go into a temporary table that has an index, and one update goes once through
 * the rows of the page's owners, instead of once for each row. What it cannot tell apart goes by the batch.
 */
final class MariadbContentWriter implements RowWriter {

    private static final DatabaseKind DATABASE = DatabaseKind.MARIADB;

    private final TableShape shape;
    private final BatchWriter batch;
    private final int digest;
    private final String page;
    private final String create;
    private final String insert;
    private final String update;

    private MariadbContentWriter(TableShape shape, List<String> setToThemselves, BatchWriter batch) {
        this.shape = shape;
        this.batch = batch;
        this.digest = shape.fixedColumns();
        this.page = MariadbWriter.pageTable(shape);
        List<String> selected = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> assignments = new ArrayList<>();
        conditions.add("v.cipherfield_d = cast(" + shape.key().get(digest).name() + " as binary)");
        for (int i = 0; i < digest; i++) {
            String owner = shape.key().get(i).name();
            names.add("cipherfield_k" + i);
            selected.add(owner + " as cipherfield_k" + i);
            conditions.add("t." + owner + " = v.cipherfield_k" + i);
        }
        names.add("cipherfield_d");
        for (int i = 0; i < shape.columns().size(); i++) {
            EncryptedColumn column = shape.columns().get(i);
            names.add("cipherfield_n" + i);
            selected.add(column.name() + " as cipherfield_n" + i);
            assignments.add("t." + column.name() + " = v.cipherfield_n" + i);
        }
        setToThemselves.forEach(name -> assignments.add("t." + name + " = t." + name));
        String table = shape.table().name();
        this.create =
                "create temporary table " + page + " (cipherfield_d varbinary(64), key (cipherfield_d)) as select "
                        + String.join(", ", selected) + " from " + table + " where 1 = 0";
        this.insert = "insert into " + page + " (" + String.join(", ", names) + ") values ("
                + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        this.update = "update " + table + " t straight_join " + page + " v on " + String.join(" and ", conditions)
                + " set " + String.join(", ", assignments);
    }

    /** @return the batch where the server allows no more */
    static RowWriter of(JobConnection connection, TableShape shape, List<String> setToThemselves) throws SQLException {
        MariadbContentWriter writer = new MariadbContentWriter(
                shape, setToThemselves, new BatchWriter(DATABASE, shape, NullSafe.MARIADB, setToThemselves));
        String obstacle = writer.obstacle(connection);
        return obstacle == null
                ? writer
                : new BatchWriter(DATABASE, shape, NullSafe.MARIADB, setToThemselves, obstacle);
    }

    private @Nullable String obstacle(JobConnection connection) throws SQLException {
        try (Statement statement = connection.get().createStatement();
                ResultSet row = statement.executeQuery("select @@global.log_bin, @@session.binlog_format")) {
            row.next();
            if (row.getBoolean(1) && row.getString(2).equals("STATEMENT")) {
                return "Each row of table " + shape.table()
                        + " is looked for among all of its owner's. A primary key, or"
                        + " binlog_format=MIXED or ROW, would spare that; STATEMENT would replicate temporary tables.";
            }
            fill(connection, List.of());
            connection.rollback();
            return null;
        } catch (SQLException e) {
            connection.rollback();
            if (TransientFailure.is(e)) {
                throw e;
            }
            return "Each row of table " + shape.table()
                    + " is looked for among all of its owner's. A primary key, or the"
                    + " right to CREATE TEMPORARY TABLES, would spare that (SQLSTATE " + e.getSQLState() + ", code "
                    + e.getErrorCode() + ").";
        }
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        Map<KeyValue, List<Row>> byKey = new LinkedHashMap<>();
        rows.forEach(row ->
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
        List<Row> together = new ArrayList<>();
        List<Row> each = new ArrayList<>();
        byKey.values().forEach(equal -> (becomeEqual(equal) ? together : each).addAll(equal));
        boolean written = together.isEmpty() || writeTogether(connection, together);
        return (each.isEmpty() || batch.write(connection, each)) && written;
    }

    private boolean writeTogether(JobConnection connection, List<Row> rows) throws SQLException {
        Savepoint before = connection.get().setSavepoint();
        fill(connection, distinct(rows));
        if (join(connection, rows) != rows.size()) {
            // Some are gone, or have equals by now: each for itself then.
            connection.get().rollback(before);
            return batch.write(connection, rows);
        }
        connection.get().releaseSavepoint(before);
        rows.forEach(row -> row.written(true));
        return true;
    }

    /** One update makes of equal rows equal ones again. */
    private boolean becomeEqual(List<Row> equal) {
        Row first = equal.get(0);
        return equal.stream()
                .allMatch(row -> IntStream.range(0, shape.columns().size())
                        .allMatch(i -> Objects.deepEquals(first.next(i), row.next(i))));
    }

    /** One for all that are equal. */
    private static Collection<Row> distinct(List<Row> rows) {
        Map<KeyValue, Row> distinct = new LinkedHashMap<>();
        rows.forEach(row -> distinct.putIfAbsent(row.key(), row));
        return distinct.values();
    }

    private void fill(JobConnection connection, Collection<Row> rows) throws SQLException {
        connection.temporarily(List.of(create), "drop temporary table if exists " + page);
        try (PreparedStatement statement = connection.prepare("delete from " + page)) {
            statement.executeUpdate();
        }
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepare(insert)) {
            for (Row row : rows) {
                int index = 1;
                for (int i = 0; i <= digest; i++) {
                    shape.key().get(i).kind().bind(statement, index++, row.key().part(i));
                }
                for (int i = 0; i < shape.columns().size(); i++) {
                    RowWriter.bind(
                            statement,
                            index++,
                            row.next(i),
                            shape.columns().get(i).attribute().storage());
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** @return how many rows were found */
    private int join(JobConnection connection, List<Row> rows) throws SQLException {
        KeyConditions owners = digest == 0
                ? new KeyConditions(List.of())
                : new KeyConditions(List.of(
                        condition(KeyCondition.Comparison.FROM, rows.get(0)),
                        condition(KeyCondition.Comparison.UP_TO, rows.get(rows.size() - 1))));
        try (PreparedStatement statement = connection.prepare(update + owners.where())) {
            owners.bind(statement);
            return statement.executeUpdate();
        }
    }

    private KeyCondition condition(KeyCondition.Comparison comparison, Row row) {
        return new KeyCondition(DATABASE, shape.key(), comparison, row.key().first(digest));
    }

    @Override
    public String name() {
        return "one update a page, joined with a temporary table";
    }
}
