package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.legacy.LegacyReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How many values, of a few rows from both ends of a table by primary key, one column's legacy readers decode. */
public final class DecodedSample {

    private static final int FETCH_SIZE = 50;

    private final EncryptedColumn column;
    private final Map<String, OfReader> readers = new TreeMap<>();

    private DecodedSample(EncryptedColumn column) {
        this.column = column;
    }

    /** Where values come from. */
    public interface Source {
        /** As SQL needs it. */
        String expression(EncryptedColumn column);

        /** A String or bytes as the other system stored them, or null. */
        @Nullable
        Object read(EncryptedColumn column, ResultSet rows, int index) throws SQLException;
    }

    /** The columns themselves. */
    public static final Source COLUMN = new Source() {
        @Override
        public String expression(EncryptedColumn column) {
            return column.name();
        }

        @Override
        public @Nullable Object read(EncryptedColumn column, ResultSet rows, int index) throws SQLException {
            return column.read(rows, index);
        }
    };

    /**
     * Whole values, row by row. The caller ends the transaction.
     *
     * @param columns of one table
     * @param which of their readers
     */
    public static List<DecodedSample> take(
            Connection connection,
            DatabaseKind database,
            List<EncryptedColumn> columns,
            Source source,
            Predicate<LegacyReader> which,
            int rowsOfEachEnd,
            int seconds)
            throws SQLException {
        List<DecodedSample> samples = columns.stream().map(DecodedSample::new).toList();
        String expressions =
                String.join(", ", columns.stream().map(source::expression).toList());
        for (String end : TableEnds.selects(database, columns.get(0).table(), expressions, rowsOfEachEnd)) {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(seconds);
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery(end)) {
                    while (rows.next()) {
                        for (int i = 0; i < samples.size(); i++) {
                            samples.get(i).add(source.read(columns.get(i), rows, i + 1), which);
                        }
                    }
                }
            }
        }
        return samples;
    }

    private void add(@Nullable Object stored, Predicate<LegacyReader> which) {
        EncryptedAttribute attribute = column.attribute();
        LegacyReader reader = stored == null ? null : attribute.legacyReader(stored);
        if (stored == null || reader == null || !which.test(reader)) {
            return;
        }
        OfReader before = readers.getOrDefault(reader.name(), OfReader.NONE);
        try {
            attribute.decrypt(stored);
            readers.put(reader.name(), new OfReader(before.decoded() + 1, before.failed(), before.failure()));
        } catch (EncryptedAttributeException e) {
            readers.put(reader.name(), new OfReader(before.decoded(), before.failed() + 1, e.getMessage()));
        }
    }

    public EncryptedColumn column() {
        return column;
    }

    /** By the readers' names; of those whose values were seen. */
    public Map<String, OfReader> readers() {
        return readers;
    }

    /**
     * One reader's values. A row of a small table is counted from both ends.
     *
     * @param failure why the last one that failed did; holds nothing of the value
     */
    public record OfReader(
            int decoded, int failed, @Nullable String failure) {

        private static final OfReader NONE = new OfReader(0, 0, null);
    }
}
