package io.cipherfield.hibernate.reencrypt;

/** Names of types as PostgreSQL's casts take them. */
final class PostgresqlTypes {

    private PostgresqlTypes() {}

    /** The driver calls an integer with a sequence by a name that only DDL knows. */
    static String plain(String typeName) {
        return switch (typeName) {
            case "smallserial" -> "int2";
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            // Unquoted, these are types of one digit, to which a cast cuts without a word.
            case "bit", "char" -> "\"" + typeName + "\"";
            default -> typeName;
        };
    }
}
