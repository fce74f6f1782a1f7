package io.cipherfield.hibernate;

/** The kind of column that holds an attribute's ciphertext. */
public enum Storage {
    /**
     * What {@code cipherfield.storage} says: by default TEXT for a String, since that is the column that people have, and BINARY
     * for all other types, {@code char[]} and URL among them.
     */
    AUTO,
    /** Base64url in ASCII. */
    TEXT,
    /** Bytes: a quarter smaller, and faster to load. */
    BINARY
}
