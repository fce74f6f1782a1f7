package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A JDBC batch of one update a row, for databases without arrays. */
final class BatchWriter implements RowWriter {

    private final TableShape shape;
    private final List<EncryptedColumn> columns;
    private final List<Integer> keyParts;
    private final NullSafe equality;
    private final String sql;
    private final @Nullable String advice;

    BatchWriter(DatabaseKind database, TableShape shape, NullSafe equality, List<String> setToThemselves) {
        this(database, shape, equality, setToThemselves, null);
    }

    /**
     * @param setToThemselves columns that the database would otherwise change with each update of a row
     * @param advice what would be faster, or null
     */
    BatchWriter(
            DatabaseKind database,
            TableShape shape,
            NullSafe equality,
            List<String> setToThemselves,
            @Nullable String advice) {
        this.advice = advice;
        this.shape = shape;
        this.columns = shape.columns();
        this.equality = equality;
        boolean byContent = shape.address() == Address.CONTENT;
        int addressing = byContent ? shape.fixedColumns() : shape.key().size();
        this.keyParts = IntStream.range(0, addressing).boxed().toList();
        List<String> assignments = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (KeyColumn column : shape.key().subList(0, addressing)) {
            conditions.add(column.name() + " = " + KeyCondition.parameter(database, column));
        }
        for (EncryptedColumn column : columns) {
            assignments.add(column.name() + " = ?");
            conditions.add(equality.condition(column.name(), column.attribute().storage()));
        }
        setToThemselves.forEach(name -> assignments.add(name + " = " + name));
        // Of rows that are equal each gets a ciphertext of its own.
        this.sql = "update " + shape.table().name() + " set " + String.join(", ", assignments) + " where "
                + String.join(" and ", conditions) + (byContent ? " limit 1" : "");
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        if (!shape.moves()) {
            // A driver that does not know a count leaves it to the second reading.
            return Arrays.stream(inOneBatch(connection, rows)).allMatch(count -> count == 1);
        }
        Savepoint before = connection.get().setSavepoint();
        int[] counts = inOneBatch(connection, rows);
        if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
            connection.get().rollback(before);
            counts = oneByOne(connection, rows);
        } else {
            connection.release(before);
        }
        for (int i = 0; i < counts.length; i++) {
            rows.get(i).written(counts[i] == 1);
        }
        return Arrays.stream(counts).allMatch(count -> count == 1);
    }

    private int[] inOneBatch(JobConnection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            for (Row row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    private int[] oneByOne(JobConnection connection, List<Row> rows) throws SQLException {
        int[] counts = new int[rows.size()];
        try (PreparedStatement statement = connection.prepare(sql)) {
            for (int i = 0; i < counts.length; i++) {
                bind(statement, rows.get(i));
                counts[i] = statement.executeUpdate();
            }
        }
        return counts;
    }

    private void bind(PreparedStatement statement, Row row) throws SQLException {
        int index = 1;
        for (int i = 0; i < columns.size(); i++) {
            RowWriter.bind(statement, index++, row.next(i), storage(i));
        }
        for (int part : keyParts) {
            shape.key().get(part).kind().bind(statement, index++, row.key().part(part));
        }
        for (int i = 0; i < columns.size(); i++) {
            for (int times = 0; times < equality.parameters(); times++) {
                RowWriter.bind(statement, index++, row.stored(i), storage(i));
            }
        }
    }

    private Storage storage(int column) {
        return columns.get(column).attribute().storage();
    }

    @Override
    public String name() {
        return "JDBC batch";
    }

    @Override
    public @Nullable String advice() {
        return advice;
    }

    String sql() {
        return sql;
    }
}
