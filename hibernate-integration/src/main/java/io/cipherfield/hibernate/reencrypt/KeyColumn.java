package io.cipherfield.hibernate.reencrypt;

/**
 * One of the columns by which a table's pages go and its rows are found again.
 *
 * @param name as SQL needs it; may be an expression
 * @param typeName the type in the database's own words
 * @param secret whether it is an encrypted column, so that its values are shown to nobody
 * @param moves whether the job itself rewrites it, so that a rewritten row stands elsewhere afterwards
 */
record KeyColumn(String name, KeyKind kind, String typeName, boolean secret, boolean moves) {}
