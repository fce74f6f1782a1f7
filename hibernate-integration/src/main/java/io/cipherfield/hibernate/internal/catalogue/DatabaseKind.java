package io.cipherfield.hibernate.internal.catalogue;

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

    /** The first {@code length} bytes or characters of a column, so that a large value costs little; or all of it. */
    String start(String column, int length) {
        return "substring(" + column + ", 1, " + length + ")";
    }

    /**
     * The header of a ciphertext (as bytes where a collation would call headers that differ in case equal), or an
     * empty value where there is none.
     */
    public String headerOrEmpty(String column, Storage storage) {
        boolean text = storage == Storage.TEXT;
        String start = start(column, text ? 8 : 6);
        return switch (this) {
            case POSTGRESQL ->
                text
                        ? "case when " + column + " collate \"C\" like 'z%' then " + start + " else '' end"
                        : "case when substring(" + column + ", 1, 1) = '\\xcf'::bytea then " + start
                                + " else ''::bytea end";
            case H2 ->
                text
                        ? "case when substring(" + column + ", 1, 1) = 'z' then " + start + " else '' end"
                        : "case when substring(" + column + ", 1, 1) = X'CF' then " + start + " else X'' end";
            case MARIADB ->
                text
                        ? "case when cast(substring(" + column + ", 1, 1) as binary) = 'z' then cast(" + start
                                + " as binary) else '' end"
                        : "case when substring(" + column + ", 1, 1) = X'CF' then " + start + " else '' end";
            case OTHER -> throw new IllegalStateException("No SQL is known that counts headers on this database");
        };
    }

    public boolean countsHeaders() {
        return this != OTHER;
    }
}
