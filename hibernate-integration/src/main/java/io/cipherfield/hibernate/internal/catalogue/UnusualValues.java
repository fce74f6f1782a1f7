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
import java.util.List;
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
            String names = columns.stream().map(EncryptedColumn::name).collect(Collectors.joining(", "));
            // A case is not taken apart by PostgreSQL's planner, which would look up statistics for each part.
            String condition = columns.stream()
                    .map(column -> unusual(database, column))
                    .collect(Collectors.joining(" or ", "case when ", " then true else false end"));
            for (String end : TableEnds.selects(database, columns.get(0).table(), names, rowsOfEachEnd)) {
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

    /** Not true of a null. */
    private static String unusual(DatabaseKind database, EncryptedColumn column) {
        EncryptedAttribute attribute = column.attribute();
        boolean text = attribute.storage() == Storage.TEXT;
        Suite suite = attribute.suite();
        List<byte[]> headers = attribute.keyring().keys().stream()
                .map(key -> new CiphertextHeader(suite, key.id()).toBytes())
                .toList();
        int least = suite.overheadInBytes() + 1;
        if (database == DatabaseKind.POSTGRESQL) {
            boolean isShort = column.declared().bounded() && column.declared().length() <= SHORT;
            String value = isShort ? column.name() : database.start(column.name(), HeaderSample.LOOKED_AT);
            return headers.stream()
                    .map(header ->
                            value + " not like E'" + (text ? textPattern(header, least) : pattern(header, least)) + "'")
                    .collect(Collectors.joining(" and ", "(", ")"));
        }
        String start = database.start(
                column.name(), text ? CiphertextHeader.LENGTH_IN_CHARS : CiphertextHeader.LENGTH_IN_BYTES);
        String known = headers.stream()
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
