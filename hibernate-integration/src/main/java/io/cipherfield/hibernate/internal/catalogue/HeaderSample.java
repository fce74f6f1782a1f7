package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.KeyId;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the headers of a few rows, from both ends of a table by primary key, say about one column. Nothing is decrypted but a few values of legacy readers. */
public final class HeaderSample {

    /** Longer than the shortest ciphertext of every suite in either form, so that a header can be told from its length too. */
    static final int LOOKED_AT = 128;

    /** Two values of a small table, seen from both ends. Few, since a reader may derive a key for each, which takes milliseconds. */
    private static final int DECODED_AT_MOST = 4;

    private static final int FETCH_SIZE = 20;

    private final EncryptedColumn column;
    private final LookalikeDoubt doubt;
    private final Map<KeyId, Integer> unknownKeys = new LinkedHashMap<>();
    private final Map<String, Integer> legacyValues = new LinkedHashMap<>();
    private final Set<String> decodingReaders = new HashSet<>();
    private final Map<String, List<String>> undecoded = new LinkedHashMap<>();
    private int ciphertexts;
    private int plaintexts;
    private int randomised;
    private int textForms;

    private HeaderSample(EncryptedColumn column) {
        this.column = column;
        this.doubt = new LookalikeDoubt(column.attribute());
    }

    /** One query for a table, a sample for each of its columns. The caller ends the transaction. */
    public static List<HeaderSample> take(
            Connection connection, DatabaseKind database, List<EncryptedColumn> columns, int rowsOfEachEnd, int seconds)
            throws SQLException {
        List<HeaderSample> samples = columns.stream().map(HeaderSample::new).toList();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            limitMemory(statement, columns);
            try (ResultSet rows = statement.executeQuery(query(database, columns, rowsOfEachEnd))) {
                while (rows.next()) {
                    for (int i = 0; i < samples.size(); i++) {
                        HeaderSample sample = samples.get(i);
                        sample.add(sample.column.read(rows, i + 1));
                    }
                }
            }
        }
        return samples;
    }

    /**
     * The same for several tables in one query.
     *
     * @param tables the columns of each, whose storage must be the same at the same place in all of them
     */
    public static List<List<HeaderSample>> takeOfEach(
            Connection connection,
            DatabaseKind database,
            List<List<EncryptedColumn>> tables,
            int rowsOfEachEnd,
            int seconds)
            throws SQLException {
        List<List<HeaderSample>> samples = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        for (List<EncryptedColumn> columns : tables) {
            queries.add("select " + queries.size() + " as place, q.* from (" + query(database, columns, rowsOfEachEnd)
                    + ") q");
            samples.add(columns.stream().map(HeaderSample::new).toList());
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            limitMemory(statement, tables.stream().flatMap(List::stream).toList());
            try (ResultSet rows = statement.executeQuery(String.join(" union all ", queries))) {
                while (rows.next()) {
                    List<HeaderSample> ofTable = samples.get(rows.getInt(1));
                    for (int i = 0; i < ofTable.size(); i++) {
                        HeaderSample sample = ofTable.get(i);
                        sample.add(sample.column.read(rows, i + 2));
                    }
                }
            }
        }
        return samples;
    }

    /** Drivers otherwise hold all rows at once, and whole values may be pictures. */
    private static void limitMemory(Statement statement, List<EncryptedColumn> columns) throws SQLException {
        if (columns.stream().anyMatch(HeaderSample::looksAtWholeValues)) {
            statement.setFetchSize(FETCH_SIZE);
        }
    }

    private static String query(DatabaseKind database, List<EncryptedColumn> columns, int rowsOfEachEnd) {
        EncryptedTable table = columns.get(0).table();
        List<String> starts = new ArrayList<>();
        for (EncryptedColumn column : columns) {
            starts.add(looked(database, column) + " as v" + starts.size());
        }
        List<String> ends = TableEnds.selects(database, table, String.join(", ", starts), rowsOfEachEnd);
        return ends.size() == 1
                ? ends.get(0)
                : "select * from (" + ends.get(0) + ") a union all select * from (" + ends.get(1) + ") b";
    }

    /** A mark may stand at the end of a value, and only the whole of an owner's value tells whether it is one. */
    private static String looked(DatabaseKind database, EncryptedColumn column) {
        return looksAtWholeValues(column) ? column.name() : database.start(column.name(), LOOKED_AT);
    }

    private static boolean looksAtWholeValues(EncryptedColumn column) {
        return !column.attribute().legacyReaders().isEmpty();
    }

    private void add(@Nullable Object stored) {
        if (stored == null) {
            return;
        }
        CiphertextHeader header = doubt.header(stored);
        if (header == null) {
            LegacyReader reader = column.attribute().legacyReader(stored, null);
            if (reader == null) {
                plaintexts++;
            } else {
                legacyValues.merge(reader.name(), 1, Integer::sum);
                decode(reader.name(), stored);
            }
            return;
        }
        ciphertexts++;
        if (header.suite() != Suite.AES_SIV_DETERMINISTIC) {
            randomised++;
        }
        if (!StoredForm.isColumnsOwn(stored)) {
            textForms++;
        }
        if (!column.attribute().encryptor().canRead(header)) {
            unknownKeys.merge(header.keyId(), 1, Integer::sum);
        }
    }

    /** One that decodes shows that the key is right, or the password most likely. */
    private void decode(String reader, Object stored) {
        List<String> failures = undecoded.computeIfAbsent(reader, name -> new ArrayList<>());
        if (decodingReaders.contains(reader) || failures.size() == DECODED_AT_MOST) {
            return;
        }
        try {
            column.attribute().decrypt(stored, null);
            decodingReaders.add(reader);
        } catch (EncryptedAttributeException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }

    /** Why legacy readers failed, by their names, that decoded none of the first values seen; not at a single one, which may be damaged. */
    public Map<String, String> undecoded() {
        Map<String, String> reasons = new LinkedHashMap<>();
        undecoded.forEach((reader, failures) -> {
            if (failures.size() == DECODED_AT_MOST && !decodingReaders.contains(reader)) {
                reasons.put(reader, failures.get(0));
            }
        });
        return reasons;
    }

    public EncryptedColumn column() {
        return column;
    }

    /** How often each key id was seen that is not in the ring. A row of a small table may be counted from both ends. */
    public Map<KeyId, Integer> unknownKeys() {
        return unknownKeys;
    }

    public int ciphertexts() {
        return ciphertexts;
    }

    /** Ciphertexts of which the same value has another one each time. */
    public int randomised() {
        return randomised;
    }

    /** Ciphertexts in the text form in a column of bytes, from before its storage was changed. */
    public int textForms() {
        return textForms;
    }

    /** How often each legacy reader's values were seen, by its name. */
    public Map<String, Integer> legacyValues() {
        return legacyValues;
    }

    /** Values that are no ciphertext, and that no legacy reader claims. */
    public int plaintexts() {
        return plaintexts;
    }
}
