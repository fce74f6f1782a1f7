package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.LookalikeDoubt;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the forms of one table's values. A database whose SQL is known counts the expected ones of all columns in one pass, which it
 * may share among its own workers; for what else there is, a second pass groups a column by headers, or reads what may bear the mark of a
 * legacy reader, value by value. Others have their values read.
 */
final class CensusTaker {

    /** Longer than the shortest ciphertext of every suite, in both forms: from here on, length says nothing. */
    private static final int LONG_ENOUGH = 64;

    private static final int HEADERS_AT_ONCE = 500;

    private final JobConnection connection;
    private final DatabaseKind database;
    private final Keyring keyring;

    CensusTaker(JobConnection connection, DatabaseKind database, Keyring keyring) {
        this.connection = connection;
        this.database = database;
        this.keyring = keyring;
    }

    List<CensusEntry> take(TableShape shape) throws SQLException {
        List<Map<ValueForm, Long>> counts = new ArrayList<>();
        shape.columns().forEach(column -> counts.add(new LinkedHashMap<>()));
        if (database.countsHeaders()) {
            count(shape.columns(), counts);
        } else {
            List<LookalikeDoubt> doubts = shape.columns().stream()
                    .map(column -> new LookalikeDoubt(column.attribute()))
                    .toList();
            FullScan.read(connection, shape, row -> {
                for (int i = 0; i < counts.size(); i++) {
                    add(counts.get(i), form(shape.columns().get(i), row.stored(i), doubts.get(i)), 1);
                }
            });
        }
        connection.rollback();
        List<CensusEntry> entries = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            entries.addAll(entries(shape.columns().get(i), counts.get(i)));
        }
        return entries;
    }

    private void count(List<EncryptedColumn> columns, List<Map<ValueForm, Long>> counts) throws SQLException {
        List<ExpectedForms> expected = columns.stream()
                .map(column -> ExpectedForms.of(column, keyring, database))
                .toList();
        String sql = "select count(*), "
                + expected.stream().map(ExpectedForms::counts).collect(Collectors.joining(", ")) + " from "
                + columns.get(0).table().name();
        List<Integer> withSomethingElse = new ArrayList<>();
        try (PreparedStatement statement = connection.get().prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            int index = 1;
            long all = rows.getLong(index++);
            for (int i = 0; i < columns.size(); i++) {
                long left = rows.getLong(index++);
                add(counts.get(i), ValueForm.NULL, all - left);
                for (ExpectedForms.Expected form : expected.get(i).forms()) {
                    long count = rows.getLong(index++);
                    add(counts.get(i), form.form(), count);
                    left -= count;
                }
                if (left > 0) {
                    withSomethingElse.add(i);
                }
            }
        }
        for (int i : withSomethingElse) {
            if (ExpectedForms.marked(columns.get(i))) {
                readSomethingElse(expected.get(i), counts.get(i));
            } else {
                countSomethingElse(expected.get(i), counts.get(i));
            }
        }
    }

    private void countSomethingElse(ExpectedForms expected, Map<ValueForm, Long> counts) throws SQLException {
        EncryptedColumn column = expected.column();
        boolean text = column.attribute().storage() == Storage.TEXT;
        String length = (text ? "char_length(" : "octet_length(") + column.name() + ")";
        String sql = "select v.header, v.len, count(*) from (select "
                + database.headerOrEmpty(column.name(), column.attribute().storage())
                + " as header, case when " + length + " > " + LONG_ENOUGH + " then " + LONG_ENOUGH + " else " + length
                + " end as len from " + column.table().name() + " where " + expected.somethingElse()
                + ") v group by v.header, v.len";
        try (PreparedStatement statement = connection.get().prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                add(counts, form(column, likeStored(rows, rows.getInt(2), text)), rows.getLong(3));
            }
        }
        if (column.attribute().legacyOwner() != null) {
            tellLookalikes(column, counts);
        }
    }

    /** A header whose key is not in the ring may be what values of the owner's start like by chance: only the values tell. */
    private void tellLookalikes(EncryptedColumn column, Map<ValueForm, Long> counts) throws SQLException {
        Set<CiphertextHeader> doubtful = new LinkedHashSet<>();
        for (ValueForm form : counts.keySet()) {
            if (form.header() != null && !column.attribute().encryptor().canRead(form.header())) {
                doubtful.add(form.header());
            }
        }
        List<String> conditions =
                doubtful.stream().map(header -> startsWith(column, header)).toList();
        LookalikeDoubt doubt = new LookalikeDoubt(column.attribute());
        for (int from = 0; from < conditions.size(); from += HEADERS_AT_ONCE) {
            String some =
                    String.join(" or ", conditions.subList(from, Math.min(from + HEADERS_AT_ONCE, conditions.size())));
            read(column, some, stored -> {
                CiphertextHeader header = StoredForm.header(stored);
                if (header == null || !doubtful.contains(header) || doubt.header(stored) != null) {
                    return;
                }
                ValueForm counted = ValueForm.ciphertext(header, false);
                if (counts.getOrDefault(counted, 0L) > 0) {
                    counts.merge(counted, -1L, Long::sum);
                    add(counts, ValueForm.withoutHeader(column.attribute().legacyOwner()), 1);
                }
            });
        }
        counts.values().removeIf(count -> count == 0);
    }

    private String startsWith(EncryptedColumn column, CiphertextHeader header) {
        Storage storage = column.attribute().storage();
        String inOwnForm = "(" + database.hasHeader(column.name(), storage, header) + ")";
        return storage == Storage.TEXT
                ? inOwnForm
                : inOwnForm + " or (" + database.hasHeaderOfText(column.name(), header) + ")";
    }

    private void readSomethingElse(ExpectedForms expected, Map<ValueForm, Long> counts) throws SQLException {
        EncryptedColumn column = expected.column();
        LookalikeDoubt doubt = new LookalikeDoubt(column.attribute());
        read(column, expected.somethingElse(), stored -> add(counts, form(column, stored, doubt), 1));
    }

    private void read(EncryptedColumn column, String condition, Consumer<Object> values) throws SQLException {
        String sql = "select " + column.name() + " from " + column.table().name() + " where " + condition;
        try (PreparedStatement statement = connection.get().prepareStatement(sql)) {
            statement.setFetchSize(FullScan.FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.accept(Objects.requireNonNull(column.read(rows, 1)));
                }
            }
        }
    }

    private static ValueForm form(EncryptedColumn column, @Nullable Object stored, LookalikeDoubt doubt) {
        return stored == null ? ValueForm.NULL : ValueForm.of(stored, column.attribute(), doubt.header(stored));
    }

    private static ValueForm form(EncryptedColumn column, @Nullable Object stored) {
        return ValueForm.of(stored, column.attribute());
    }

    private static void add(Map<ValueForm, Long> counts, ValueForm form, long count) {
        if (count > 0) {
            counts.merge(form, count, Long::sum);
        }
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

    private static List<CensusEntry> entries(EncryptedColumn column, Map<ValueForm, Long> counts) {
        List<CensusEntry> entries = new ArrayList<>();
        counts.forEach((form, count) -> entries.add(new CensusEntry(
                column.table().name(),
                column.name(),
                column.entity(),
                column.path(),
                form.kind(),
                form.header() == null ? null : form.header().keyId(),
                form.header() == null ? null : form.header().suite(),
                form.reader(),
                form.current(),
                count)));
        return entries;
    }
}
