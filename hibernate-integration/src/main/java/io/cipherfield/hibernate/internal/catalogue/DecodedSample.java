package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many values, of a few rows from both ends of a table by primary key, one column's legacy readers decode. */
public final class DecodedSample {

    private static final int FETCH_SIZE = 50;

    /** Where one value that decodes is enough, these mostly have one. */
    private static final int FIRST_ROWS_OF_EACH_END = 20;

    /** Characters or bytes, after which an end has been looked at: some values are pictures. */
    private static final long LENGTH_OF_EACH_END = 32L << 20;

    private final EncryptedColumn column;
    private final List<LegacyReader> wanted;
    private final Map<String, OfReader> readers = new TreeMap<>();

    private DecodedSample(EncryptedColumn column, Predicate<LegacyReader> which) {
        this.column = column;
        this.wanted = column.attribute().legacyReaders().stream().filter(which).toList();
    }

    /** Where values come from. */
    public interface Source {
        /** As SQL needs it. */
        String expression(DatabaseKind database, EncryptedColumn column);

        /** A String or bytes as the other system stored them, or null. */
        @Nullable
        Object read(EncryptedColumn column, ResultSet rows, int index) throws SQLException;
    }

    /** The columns themselves. */
    public static final Source COLUMN = new Source() {
        @Override
        public String expression(DatabaseKind database, EncryptedColumn column) {
            return withoutCiphertext(database, column);
        }

        @Override
        public @Nullable Object read(EncryptedColumn column, ResultSet rows, int index) throws SQLException {
            return column.read(rows, index);
        }
    };

    /** Null where it is ciphertext of the column's suite under a key of the ring: what was migrated already need not be sent, however large it is. */
    private static String withoutCiphertext(DatabaseKind database, EncryptedColumn column) {
        if (!database.countsHeaders()) {
            return column.name();
        }
        EncryptedAttribute attribute = column.attribute();
        String ciphertext = attribute.keyring().keys().stream()
                .map(key -> new CiphertextHeader(attribute.encryptor().suite(), key.id()))
                .map(header -> "(" + database.hasHeader(column.name(), attribute.storage(), header) + ")")
                .collect(Collectors.joining(" or "));
        return "case when " + ciphertext + " then null else " + column.name() + " end";
    }

    /**
     * What is looked at, and how far.
     *
     * @param which of the columns' readers
     * @param oneIsEnough whether it ends with the first value that each reader decodes
     * @param known values that are known not to be readable, and do not count
     */
    public record Look(
            Source source,
            Predicate<LegacyReader> which,
            boolean oneIsEnough,
            BiPredicate<EncryptedColumn, Object> known,
            int rowsOfEachEnd,
            int seconds) {}

    /**
     * Whole values, row by row. The caller ends the transaction.
     *
     * @param columns of one table
     */
    public static List<DecodedSample> take(
            Connection connection, DatabaseKind database, List<EncryptedColumn> columns, Look look)
            throws SQLException {
        if (look.oneIsEnough() && look.rowsOfEachEnd() > FIRST_ROWS_OF_EACH_END) {
            // By a query of its own, since some drivers fetch all rows of one, whoever wants them.
            List<DecodedSample> few = take(connection, database, columns, look, FIRST_ROWS_OF_EACH_END);
            if (few.stream().allMatch(DecodedSample::isDecoded)) {
                return few;
            }
        }
        return take(connection, database, columns, look, look.rowsOfEachEnd());
    }

    private static List<DecodedSample> take(
            Connection connection, DatabaseKind database, List<EncryptedColumn> columns, Look look, int rowsOfEachEnd)
            throws SQLException {
        List<DecodedSample> samples = columns.stream()
                .map(column -> new DecodedSample(column, look.which()))
                .toList();
        String expressions = String.join(
                ", ",
                columns.stream()
                        .map(column -> look.source().expression(database, column))
                        .toList());
        for (String end : TableEnds.selects(database, columns.get(0).table(), expressions, rowsOfEachEnd)) {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(look.seconds());
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery(end)) {
                    if (readEnd(rows, samples, look) < rowsOfEachEnd) {
                        return samples;
                    }
                }
            }
        }
        return samples;
    }

    /** @return how many rows there were; fewer than were asked for if the other end tells nothing new */
    private static int readEnd(ResultSet rows, List<DecodedSample> samples, Look look) throws SQLException {
        List<Map<String, OfReader>> ofEnd = new ArrayList<>();
        samples.forEach(sample -> ofEnd.add(new TreeMap<>()));
        int count = 0;
        long length = 0;
        boolean enough = false;
        while (!enough && length < LENGTH_OF_EACH_END && rows.next()) {
            count++;
            for (int i = 0; i < samples.size(); i++) {
                Object stored = look.source().read(samples.get(i).column, rows, i + 1);
                if (stored != null) {
                    length += stored instanceof byte[] bytes ? bytes.length : ((String) stored).length();
                    samples.get(i).add(stored, look, ofEnd.get(i));
                }
            }
            enough = look.oneIsEnough() && allDecoded(samples, ofEnd);
        }
        for (int i = 0; i < samples.size(); i++) {
            Map<String, OfReader> all = samples.get(i).readers;
            ofEnd.get(i).forEach((reader, here) -> all.merge(reader, here, OfReader::and));
        }
        return length < LENGTH_OF_EACH_END ? count : Integer.MAX_VALUE;
    }

    private static boolean allDecoded(List<DecodedSample> samples, List<Map<String, OfReader>> ofEnd) {
        for (int i = 0; i < samples.size(); i++) {
            for (LegacyReader reader : samples.get(i).wanted) {
                if (samples.get(i).decoded(reader) + decoded(ofEnd.get(i), reader) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isDecoded() {
        return wanted.stream().allMatch(reader -> decoded(reader) > 0);
    }

    private int decoded(LegacyReader reader) {
        return decoded(readers, reader);
    }

    private static int decoded(Map<String, OfReader> readers, LegacyReader reader) {
        return readers.getOrDefault(reader.name(), OfReader.NONE).decoded();
    }

    /** What starts like ciphertext is passed by: an owner would be asked whether it is one of its few that do by chance, at the price of a key's derivation. */
    private void add(Object stored, Look look, Map<String, OfReader> counts) {
        EncryptedAttribute attribute = column.attribute();
        LegacyReader reader = StoredForm.header(stored) == null ? attribute.legacyReader(stored) : null;
        if (reader == null || !look.which().test(reader)) {
            return;
        }
        OfReader before = counts.getOrDefault(reader.name(), OfReader.NONE);
        try {
            attribute.decrypt(stored);
            counts.put(reader.name(), new OfReader(before.decoded() + 1, before.failed(), before.failure()));
        } catch (EncryptedAttributeException e) {
            if (!look.known().test(column, stored)) {
                counts.put(reader.name(), new OfReader(before.decoded(), before.failed() + 1, e.getMessage()));
            }
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
     * One reader's values.
     *
     * @param failed at least so many different rows: of two ends, which may share some, the one with more of them
     * @param failure why the last one that failed did; holds nothing of the value
     */
    public record OfReader(
            int decoded, int failed, @Nullable String failure) {

        private static final OfReader NONE = new OfReader(0, 0, null);

        private OfReader and(OfReader otherEnd) {
            return new OfReader(
                    decoded + otherEnd.decoded,
                    Math.max(failed, otherEnd.failed),
                    failure == null ? otherEnd.failure : failure);
        }
    }
}
