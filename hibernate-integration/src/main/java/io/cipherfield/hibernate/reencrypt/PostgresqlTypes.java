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
            default -> typeName;
        };
    }
}
