package io.cipherfield.hibernate;

/** What one attribute does with a stored value that is not ciphertext. */
public enum PlaintextMode {
    /** What {@code cipherfield.plaintext} says. */
    INHERIT,
    /** Reading such a value is an error. */
    REFUSE,
    /** Such a value is read as it is; what is written is always encrypted. */
    ALLOW,
    /**
     * Such a value is read as it is, and <b>new values are written in clear</b>: the first step of a roll-out, while older versions of the application run
     * that know nothing of encryption, and the last of a roll-back. Ciphertext is still read. Only for types whose plain column has the kind of the
     * encrypted one.
     */
    PREPARE
}
