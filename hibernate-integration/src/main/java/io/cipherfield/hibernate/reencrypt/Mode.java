package io.cipherfield.hibernate.reencrypt;

/** What a job does. */
public enum Mode {
    /** Rewrites what is not current. */
    RUN,
    /** Decrypts everything, changes nothing. */
    VERIFY,
    /** Decrypts what a run would rewrite, changes nothing. */
    DRY_RUN,
    /** Stores everything in clear. */
    DECRYPT_ALL;

    boolean writes() {
        return this == RUN || this == DECRYPT_ALL;
    }
}
