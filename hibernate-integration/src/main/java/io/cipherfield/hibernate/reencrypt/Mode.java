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
    DECRYPT_ALL,
    /** Binds to the present context what is bound to a former one. */
    REBIND,
    /** Decrypts what {@link #REBIND} looks at, changes nothing. */
    REBIND_DRY_RUN,
    /** Fills an encrypted attribute from a plain one. */
    COPY,
    /** Reads and decrypts what {@link #COPY} does, changes nothing. */
    COPY_DRY_RUN;

    boolean writes() {
        return this == RUN || this == DECRYPT_ALL || this == REBIND || this == COPY;
    }

    /** Whether it decrypts every value, so that it can say which contexts are needed. */
    boolean looksAtContexts() {
        return this == VERIFY || this == REBIND_DRY_RUN;
    }

    /** Whether a census at its end tells what it has left. */
    boolean endsWithCensus() {
        return this == RUN || this == DECRYPT_ALL;
    }

    boolean copies() {
        return this == COPY || this == COPY_DRY_RUN;
    }

    boolean rebinds() {
        return this == REBIND || this == REBIND_DRY_RUN;
    }
}
