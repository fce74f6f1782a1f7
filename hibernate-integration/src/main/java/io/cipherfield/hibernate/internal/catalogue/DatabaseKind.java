package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.Storage;
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
            case OTHER -> throw new IllegalStateException("No SQL is known that counts headers on this database");
        };
    }

    private String bytes(String column, String firstOfBytes, String firstOfText, String empty) {
        return "case substring(" + column + ", 1, 1) when " + firstOfBytes + " then "
                + start(column, CiphertextHeader.LENGTH_IN_BYTES) + " when " + firstOfText + " then "
                + start(column, TEXT_HEADER) + " else " + empty + " end";
    }

    public boolean countsHeaders() {
        return this != OTHER;
    }
}
