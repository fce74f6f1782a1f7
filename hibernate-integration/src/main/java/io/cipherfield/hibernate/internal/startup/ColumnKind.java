package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.Types;
import java.util.Locale;
import java.util.Set;

/** What a real column does with a ciphertext. */
enum ColumnKind {
    CHARACTERS,
    BYTES,
    /** Come back with blanks behind them. */
    PADDED_CHARACTERS,
    /** Come back with zeros behind them. */
    PADDED_BYTES,
    /** Takes no ciphertext, or gives it back as something else. */
    OTHER;

    private static final Set<String> TEXT_OF_POSTGRESQL = Set.of("varchar", "text", "citext");
    private static final Set<String> TEXT_OF_MARIADB =
            Set.of("varchar", "char", "tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> BYTES_OF_MARIADB =
            Set.of("varbinary", "tinyblob", "blob", "mediumblob", "longblob");

    /**
     * @param jdbcType as the result of a query has it, since PostgreSQL's metadata knows no more of a domain than that it is one
     * @param typeName by which PostgreSQL and MariaDB tell apart what has one JDBC type
     */
    static ColumnKind of(DatabaseKind database, int jdbcType, String typeName) {
        String name = typeName.toLowerCase(Locale.ROOT);
        return switch (database) {
            case POSTGRESQL -> {
                // An extension's type outside of the search path comes with its schema.
                String plain = name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
                yield TEXT_OF_POSTGRESQL.contains(plain)
                        ? CHARACTERS
                        : plain.equals("bytea") ? BYTES : plain.equals("bpchar") ? PADDED_CHARACTERS : OTHER;
            }
            case MARIADB ->
                TEXT_OF_MARIADB.contains(name)
                        ? CHARACTERS
                        : BYTES_OF_MARIADB.contains(name) ? BYTES : name.equals("binary") ? PADDED_BYTES : OTHER;
            case H2, OTHER -> name.equals("uuid") ? OTHER : of(jdbcType);
        };
    }

    private static ColumnKind of(int jdbcType) {
        return switch (jdbcType) {
            case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB ->
                CHARACTERS;
            case Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            case Types.CHAR, Types.NCHAR -> PADDED_CHARACTERS;
            case Types.BINARY -> PADDED_BYTES;
            default -> OTHER;
        };
    }

    /** Whether what is written comes back. Outside of PostgreSQL that holds for text in a column of bytes too. */
    boolean fits(Storage storage, DatabaseKind database) {
        return storage == Storage.BINARY
                ? this == BYTES
                : this == CHARACTERS || (this == BYTES && database != DatabaseKind.POSTGRESQL);
    }
}
