package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one value.
 *
 * @param replacement what it is rewritten to: a String or bytes, or null where it stays, or is only verified
 * @param failure where it failed
 */
record Decision(
        Outcome outcome,
        @Nullable Object replacement,
        @Nullable FailedValue failure) {

    static final Decision NULL = new Decision(Outcome.NULL, null, null);
    static final Decision CLEAR = new Decision(Outcome.CLEAR, null, null);
    static final Decision CURRENT = new Decision(Outcome.CURRENT, null, null);
    static final Decision CHANGED_MEANWHILE = new Decision(Outcome.CHANGED_MEANWHILE, null, null);

    static Decision failed(FailedValue failure) {
        return new Decision(Outcome.FAILED, null, failure);
    }

    enum Outcome {
        NULL,
        CURRENT,
        REWRITE,
        REWRITE_PLAINTEXT,
        /** It is bound to a former context. */
        REBIND,
        /** It becomes null. */
        CLEAR,
        CHANGED_MEANWHILE,
        FAILED;

        boolean rewrites() {
            return this == REWRITE || this == REWRITE_PLAINTEXT || this == REBIND || this == CLEAR;
        }
    }
}
