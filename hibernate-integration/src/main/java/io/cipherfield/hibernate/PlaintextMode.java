package io.cipherfield.hibernate;

/** What one attribute does with a stored value that is not ciphertext. */
public enum PlaintextMode {
    /** What {@code cipherfield.plaintext} says. */
    INHERIT,
    /** Reading such a value is an error. */
    REFUSE,
    /** Such a value is read as it is; what is written is always encrypted. */
    ALLOW
}
