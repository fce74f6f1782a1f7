package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JDBC batch of one update a row, for databases without arrays. */
final class BatchWriter implements RowWriter {

    private final List<EncryptedColumn> columns;
    private final List<KeyColumn> key;
    private final NullSafe equality;
    private final String sql;
    private final @Nullable String advice;

    BatchWriter(TableShape shape, NullSafe equality, List<String> setToThemselves) {
        this(shape, equality, setToThemselves, null);
    }

    /**
     * @param setToThemselves columns that the database would otherwise change with each update of a row
     * @param advice what would be faster, or null
     */
    BatchWriter(TableShape shape, NullSafe equality, List<String> setToThemselves, @Nullable String advice) {
        this.advice = advice;
        this.columns = shape.columns();
        this.key = shape.key();
        this.equality = equality;
        List<String> assignments = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        key.forEach(column -> conditions.add(column.name() + " = ?"));
        for (EncryptedColumn column : columns) {
            assignments.add(column.name() + " = ?");
            conditions.add(equality.condition(column.name(), column.attribute().storage()));
        }
        setToThemselves.forEach(name -> assignments.add(name + " = " + name));
        this.sql = "update " + shape.table().name() + " set " + String.join(", ", assignments) + " where "
                + String.join(" and ", conditions);
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            for (Row row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            // A driver that does not know a count leaves it to the second reading.
            return Arrays.stream(statement.executeBatch()).allMatch(count -> count == 1);
        }
    }

    private void bind(PreparedStatement statement, Row row) throws SQLException {
        int index = 1;
        for (int i = 0; i < columns.size(); i++) {
            RowWriter.bind(statement, index++, row.next(i), storage(i));
        }
        for (int i = 0; i < key.size(); i++) {
            key.get(i).kind().bind(statement, index++, row.key().part(i));
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
