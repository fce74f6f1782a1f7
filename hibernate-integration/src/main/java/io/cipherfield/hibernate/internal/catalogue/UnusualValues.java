package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets the database find the tables that need a {@link HeaderSample}: in the rows that it would take, some value is neither null nor
 * ciphertext of the attribute's suite under a key of the ring. Where all is well not a row comes back of thousands of columns, and
 * the conditions are made for the time that a server takes to plan them.
 */
public final class UnusualValues {

    /** Of longer values only the start is looked at, so that one of a gigabyte is not read. */
    private static final int SHORT = 4_000;

    private UnusualValues() {}

    /**
     * One query for all tables. The caller ends the transaction.
     *
     * @param tables the columns of each
     * @return those of them in which there is such a value
     */
    public static List<List<EncryptedColumn>> tables(
            Connection connection,
            DatabaseKind database,
            List<List<EncryptedColumn>> tables,
            int rowsOfEachEnd,
            int seconds)
            throws SQLException {
        List<String> queries = new ArrayList<>();
        for (int place = 0; place < tables.size(); place++) {
            List<EncryptedColumn> columns = tables.get(place);
            List<String> values = new ArrayList<>();
            List<String> conditions = new ArrayList<>();
            if (database == DatabaseKind.POSTGRESQL) {
                byRange(columns, values, conditions);
            } else {
                columns.forEach(column -> {
                    values.add(column.name());
                    conditions.add(unusual(database, column));
                });
            }
            String selected = String.join(", ", values);
            // A case is not taken apart by PostgreSQL's planner, which would look up statistics for each part.
            String condition =
                    conditions.stream().collect(Collectors.joining(" or ", "case when ", " then true else false end"));
            for (String end : TableEnds.selects(database, columns.get(0).table(), selected, rowsOfEachEnd)) {
                queries.add("select " + place + " as place from (" + end + ") q where " + condition);
            }
        }
        Set<Integer> unusual = new TreeSet<>();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            try (ResultSet rows = statement.executeQuery(String.join(" union all ", queries))) {
                while (rows.next()) {
                    unusual.add(rows.getInt(1));
                }
            }
        }
        return unusual.stream().map(tables::get).toList();
    }

    /**
     * PostgreSQL: under one key, the values of all columns of one kind lie between the least and the greatest text with its header. That is two
     * expressions in place of one for each column, which take the server most of its time. A value that has a header of the ring and no body is
     * not seen.
     */
    private static void byRange(List<EncryptedColumn> columns, List<String> values, List<String> conditions) {
        Map<Kind, List<EncryptedColumn>> kinds =
                columns.stream().collect(Collectors.groupingBy(Kind::of, LinkedHashMap::new, Collectors.toList()));
        kinds.forEach((kind, alike) -> {
            List<byte[]> headers = headers(alike.get(0).attribute());
            if (headers.size() > 1) {
                alike.forEach(column -> {
                    values.add(column.name());
                    conditions.add(unlike(column, headers));
                });
                return;
            }
            String name = "k" + values.size();
            String compared = alike.stream().map(UnusualValues::compared).collect(Collectors.joining(", "));
            values.add("least(" + compared + ") as least_" + name + ", greatest(" + compared + ") as greatest_" + name);
            conditions.add("least_" + name + " < " + least(kind, headers.get(0)) + " or greatest_" + name + " >= "
                    + behind(kind, headers.get(0)));
        });
    }

    /** What the values of columns must have in common to be compared at once. */
    private record Kind(Storage storage, Suite suite) {

        static Kind of(EncryptedColumn column) {
            return new Kind(column.attribute().storage(), column.attribute().suite());
        }
    }

    private static String compared(EncryptedColumn column) {
        String value = shortValue(column);
        return column.attribute().storage() == Storage.TEXT ? value + " collate \"C\"" : value;
    }

    private static String least(Kind kind, byte[] header) {
        return kind.storage() == Storage.TEXT
                ? "'" + CiphertextText.encode(header) + "'"
                : "E'\\\\x" + HexFormat.of().formatHex(header) + "'";
    }

    private static String behind(Kind kind, byte[] header) {
        if (kind.storage() != Storage.TEXT) {
            return "E'\\\\x" + DatabaseKind.hexBehind(header) + "'";
        }
        String text = CiphertextText.encode(header);
        int last = text.length() - 1;
        return "'" + text.substring(0, last) + (char) (text.charAt(last) + 1) + "'";
    }

    /** PostgreSQL: all of it, or its start. */
    private static String shortValue(EncryptedColumn column) {
        boolean isShort = column.declared().bounded() && column.declared().length() <= SHORT;
        return isShort ? column.name() : DatabaseKind.POSTGRESQL.start(column.name(), HeaderSample.LOOKED_AT);
    }

    private static List<byte[]> headers(EncryptedAttribute attribute) {
        return attribute.keyring().keys().stream()
                .map(key -> new CiphertextHeader(attribute.suite(), key.id()).toBytes())
                .toList();
    }

    /** PostgreSQL; not true of a null. */
    private static String unlike(EncryptedColumn column, List<byte[]> headers) {
        boolean text = column.attribute().storage() == Storage.TEXT;
        int least = column.attribute().suite().overheadInBytes() + 1;
        return headers.stream()
                .map(header -> shortValue(column) + " not like E'"
                        + (text ? textPattern(header, least) : pattern(header, least)) + "'")
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    /** Not true of a null. */
    private static String unusual(DatabaseKind database, EncryptedColumn column) {
        EncryptedAttribute attribute = column.attribute();
        boolean text = attribute.storage() == Storage.TEXT;
        int least = attribute.suite().overheadInBytes() + 1;
        String start = database.start(
                column.name(), text ? CiphertextHeader.LENGTH_IN_CHARS : CiphertextHeader.LENGTH_IN_BYTES);
        String known = headers(attribute).stream()
                .map(header -> text
                        ? "'" + CiphertextText.encode(header) + "'"
                        : "X'" + HexFormat.of().formatHex(header) + "'")
                .collect(Collectors.joining(", "));
        return start + " not in (" + known + ") or " + (text ? "char_length(" : "octet_length(") + column.name()
                + ") < " + (text ? CiphertextText.lengthInChars(least) : least);
    }

    /** In a string constant with escapes: header and length in one comparison. */
    private static String textPattern(byte[] header, int least) {
        int behind = (int) CiphertextText.lengthInChars(least) - CiphertextHeader.LENGTH_IN_CHARS;
        return CiphertextText.encode(header).replace("_", "\\\\_") + "_".repeat(behind) + "%";
    }

    /** The same of bytes, in hexadecimal. */
    private static String pattern(byte[] header, int least) {
        HexFormat hex = HexFormat.of();
        StringBuilder pattern = new StringBuilder("\\\\x");
        for (byte b : header) {
            if (b == '_' || b == '%' || b == '\\') {
                hex.toHexDigits(pattern, (byte) '\\');
            }
            hex.toHexDigits(pattern, b);
        }
        pattern.append(hex.toHexDigits((byte) '_').repeat(least - header.length));
        return pattern.append(hex.toHexDigits((byte) '%')).toString();
    }
}
