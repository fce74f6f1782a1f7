package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the forms of one table's values: by the database where it can group by headers, else by reading them. */
final class CensusTaker {

    /** Longer than the shortest ciphertext of every suite, in both forms: from here on, length says nothing. */
    private static final int LONG_ENOUGH = 64;

    private final JobConnection connection;
    private final DatabaseKind database;

    CensusTaker(JobConnection connection, DatabaseKind database) {
        this.connection = connection;
        this.database = database;
    }

    List<CensusEntry> take(TableShape shape) throws SQLException {
        List<CensusEntry> entries = new ArrayList<>();
        if (database.countsHeaders()) {
            for (EncryptedColumn column : shape.columns()) {
                entries.addAll(entries(column, counted(column)));
            }
        } else {
            List<Map<Form, Long>> counts = new ArrayList<>();
            shape.columns().forEach(column -> counts.add(new LinkedHashMap<>()));
            FullScan.read(connection, shape, row -> {
                for (int i = 0; i < counts.size(); i++) {
                    counts.get(i).merge(Form.of(row.stored(i)), 1L, Long::sum);
                }
            });
            for (int i = 0; i < counts.size(); i++) {
                entries.addAll(entries(shape.columns().get(i), counts.get(i)));
            }
        }
        connection.rollback();
        return entries;
    }

    private Map<Form, Long> counted(EncryptedColumn column) throws SQLException {
        boolean text = column.attribute().storage() == Storage.TEXT;
        String length = (text ? "char_length(" : "octet_length(") + column.name() + ")";
        String sql = "select v.header, v.len, count(*) from (select "
                + database.headerOrEmpty(column.name(), column.attribute().storage())
                + " as header, case when " + length + " > " + LONG_ENOUGH + " then " + LONG_ENOUGH + " else " + length
                + " end as len from " + column.table().name() + ") v group by v.header, v.len";
        Map<Form, Long> counts = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.get().prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                int bytes = rows.getInt(2);
                Object stored = rows.wasNull() ? null : likeStored(rows, bytes, text);
                counts.merge(Form.of(stored), rows.getLong(3), Long::sum);
            }
        }
        return counts;
    }

    /** The header, made as long as the value is, so that the format itself judges it. */
    private static Object likeStored(ResultSet rows, int length, boolean text) throws SQLException {
        if (!text) {
            byte[] header = rows.getBytes(1);
            byte[] value = Arrays.copyOf(header, length);
            if (header.length > 0 && header[0] == StoredForm.FIRST_OF_TEXT) {
                Arrays.fill(value, Math.min(header.length, length), length, (byte) 'A');
            }
            return value;
        }
        Object header = rows.getObject(1);
        String start =
                header instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(header);
        return start + "A".repeat(Math.max(length - start.length(), 0));
    }

    private static List<CensusEntry> entries(EncryptedColumn column, Map<Form, Long> counts) {
        List<CensusEntry> entries = new ArrayList<>();
        counts.forEach((form, count) -> entries.add(new CensusEntry(
                column.table().name(),
                column.name(),
                column.entity(),
                column.path(),
                form.kind(),
                form.header() == null ? null : form.header().keyId(),
                form.header() == null ? null : form.header().suite(),
                count)));
        return entries;
    }

    private record Form(CensusEntry.Kind kind, @Nullable CiphertextHeader header) {

        static Form of(@Nullable Object stored) {
            if (stored == null) {
                return new Form(CensusEntry.Kind.NULL, null);
            }
            CiphertextHeader header = StoredForm.header(stored);
            return header == null
                    ? new Form(CensusEntry.Kind.PLAINTEXT, null)
                    : new Form(CensusEntry.Kind.CIPHERTEXT, header);
        }
    }
}
