package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.hibernate.Storage;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.PostgreSQLDialect;

/** The databases whose SQL is known, and how each is asked to look at a few rows. */
public enum DatabaseKind {
    POSTGRESQL,
    H2,
    /** MySQL too. */
    MARIADB,
    /** Any other one, by standard SQL alone. */
    OTHER {
        @Override
        public String limited(String select, int rows) {
            return select + " offset 0 rows fetch first " + rows + " rows only";
        }

        @Override
        String start(String column, int length) {
            return column;
        }
    };

    private static final int TEXT_HEADER = CiphertextHeader.LENGTH_IN_CHARS;
    private static final int HEX = 16;

    public static DatabaseKind of(Dialect dialect) {
        if (dialect instanceof PostgreSQLDialect) {
            return POSTGRESQL;
        }
        if (dialect instanceof H2Dialect) {
            return H2;
        }
        return dialect instanceof MySQLDialect ? MARIADB : OTHER;
    }

    /** @param select with an {@code order by} */
    public String limited(String select, int rows) {
        return select + " limit " + rows;
    }

    /** @param select with an {@code order by}, of which one row is wanted, behind so many others */
    public String row(String select, long behind) {
        return this == OTHER
                ? select + " offset " + behind + " rows fetch first 1 rows only"
                : select + " limit 1 offset " + behind;
    }

    /** The first {@code length} bytes or characters of a column, so that a large value costs little; or all of it. */
    String start(String column, int length) {
        return "substring(" + column + ", 1, " + length + ")";
    }

    /**
     * The header of a ciphertext (as bytes where a collation would call headers that differ in case equal), or an
     * empty value where there is none. Bytes may hold the text form, whose header is longer.
     */
    public String headerOrEmpty(String column, Storage storage) {
        boolean text = storage == Storage.TEXT;
        return switch (this) {
            case POSTGRESQL ->
                text
                        ? "case when " + column + " collate \"C\" like 'z%' then " + start(column, TEXT_HEADER)
                                + " else '' end"
                        : bytes(column, "'\\xcf'::bytea", "'\\x7a'::bytea", "''::bytea");
            case H2 ->
                text
                        ? "case when substring(" + column + ", 1, 1) = 'z' then " + start(column, TEXT_HEADER)
                                + " else '' end"
                        : bytes(column, "X'CF'", "X'7A'", "X''");
            case MARIADB ->
                text
                        ? "case when cast(substring(" + column + ", 1, 1) as binary) = 'z' then cast("
                                + start(column, TEXT_HEADER) + " as binary) else '' end"
                        : bytes(column, "X'CF'", "X'7A'", "''");
            case OTHER -> throw noHeaders();
        };
    }

    private String bytes(String column, String firstOfBytes, String firstOfText, String empty) {
        return "case substring(" + column + ", 1, 1) when " + firstOfBytes + " then "
                + start(column, CiphertextHeader.LENGTH_IN_BYTES) + " when " + firstOfText + " then "
                + start(column, TEXT_HEADER) + " else " + empty + " end";
    }

    /**
     * A condition that holds for ciphertexts with this header in their column's own form, and for nothing else: it costs a fraction of
     * what taking the header out of the value does. Ciphertext is ASCII, so the length in bytes, which is at hand, will do.
     */
    public String hasHeader(String column, Storage storage, CiphertextHeader header) {
        byte[] start = header.toBytes();
        long least = header.leastLengthInBytes();
        if (storage == Storage.TEXT) {
            String text = "'" + CiphertextText.encode(start) + "'";
            least = CiphertextText.lengthInChars(least);
            return switch (this) {
                case POSTGRESQL ->
                    "starts_with(" + column + ", " + text + ") and octet_length(" + column + ") >= " + least;
                case H2 ->
                    "cast(substring(" + column + ", 1, " + TEXT_HEADER + ") as varchar) = " + text + " and char_length("
                            + column + ") >= " + least;
                case MARIADB ->
                    "cast(" + start(column, TEXT_HEADER) + " as binary) = " + text + " and octet_length(" + column
                            + ") >= " + least;
                case OTHER -> throw noHeaders();
            };
        }
        return startsWith(column, start) + " and octet_length(" + column + ") >= " + least;
    }

    /** The same of bytes that hold the text form, from before the storage of their attribute was changed. */
    public String hasHeaderOfText(String column, CiphertextHeader header) {
        byte[] start = CiphertextText.encode(header.toBytes()).getBytes(StandardCharsets.US_ASCII);
        return startsWith(column, start) + " and octet_length(" + column + ") >= "
                + CiphertextText.lengthInChars(header.leastLengthInBytes());
    }

    private String startsWith(String column, byte[] start) {
        String hex = HexFormat.of().formatHex(start);
        return switch (this) {
            case POSTGRESQL -> column + " >= '\\x" + hex + "' and " + column + " < '\\x" + hexBehind(start) + "'";
            case H2, MARIADB -> start(column, start.length) + " = X'" + hex + "'";
            case OTHER -> throw noHeaders();
        };
    }

    /** The first bytes that sort behind all that start with these; there are some, since a header in either form starts with 0xCF or 0x7A. */
    static String hexBehind(byte[] start) {
        return new BigInteger(1, start).add(BigInteger.ONE).toString(HEX);
    }

    /** A condition that holds for values that start like no ciphertext of any suite, in neither form. */
    public String startsLikeNoHeader(String column, Storage storage) {
        if (storage == Storage.TEXT) {
            return switch (this) {
                case POSTGRESQL -> "not starts_with(" + column + ", 'z')";
                case H2 -> "cast(substring(" + column + ", 1, 1) as varchar) <> 'z'";
                case MARIADB -> "cast(" + start(column, 1) + " as binary) <> 'z'";
                case OTHER -> throw noHeaders();
            };
        }
        return switch (this) {
            case POSTGRESQL ->
                "(" + column + " < '\\x7a' or " + column + " >= '\\x7b') and (" + column + " < '\\xcf' or " + column
                        + " >= '\\xd0')";
            case H2, MARIADB -> start(column, 1) + " not in (X'CF', X'7A')";
            case OTHER -> throw noHeaders();
        };
    }

    private static IllegalStateException noHeaders() {
        return new IllegalStateException("No SQL is known that counts headers on this database");
    }

    public boolean countsHeaders() {
        return this != OTHER;
    }
}
