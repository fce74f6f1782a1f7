package io.cipherfield;

/** What to do with a stored value that is not ciphertext. A value with a ciphertext's header is never taken for plaintext. */
public enum PlaintextPolicy {
    /** Reading such a value is an error. */
    REFUSE,
    /** Such a value is read as it is; what is written is always encrypted. */
    ALLOW,
    /**
     * Such a value is read as it is, and <b>values are written in clear</b> where a plain column has the kind of the encrypted one: the
     * first step of a roll-out, while instances run that know nothing of encryption, and the last of a roll-back.
     */
    PREPARE
}
