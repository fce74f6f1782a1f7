package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one value.
 *
 * @param replacement what it is rewritten to: a String or bytes, or null where it stays, or is only verified
 * @param failure where it failed
 * @param fingerprint of a value that failed since nobody could read it: see {@link Fingerprints}
 */
record Decision(
        Outcome outcome,
        @Nullable Object replacement,
        @Nullable FailedValue failure,
        @Nullable String fingerprint) {

    static final Decision NULL = new Decision(Outcome.NULL, null, null);
    static final Decision CLEAR = new Decision(Outcome.CLEAR, null, null);
    static final Decision CURRENT = new Decision(Outcome.CURRENT, null, null);
    static final Decision CHANGED_MEANWHILE = new Decision(Outcome.CHANGED_MEANWHILE, null, null);

    Decision(Outcome outcome, @Nullable Object replacement, @Nullable FailedValue failure) {
        this(outcome, replacement, failure, null);
    }

    static Decision failed(FailedValue failure) {
        return new Decision(Outcome.FAILED, null, failure);
    }

    static Decision unreadable(FailedValue failure, @Nullable String fingerprint) {
        return new Decision(Outcome.FAILED, null, failure, fingerprint);
    }

    enum Outcome {
        NULL,
        CURRENT,
        REWRITE,
        REWRITE_PLAINTEXT,
        REWRITE_LEGACY,
        /** It is bound to a former context. */
        REBIND,
        /** It becomes null. */
        CLEAR,
        CHANGED_MEANWHILE,
        FAILED;

        boolean rewrites() {
            return switch (this) {
                case REWRITE, REWRITE_PLAINTEXT, REWRITE_LEGACY, REBIND, CLEAR -> true;
                case NULL, CURRENT, CHANGED_MEANWHILE, FAILED -> false;
            };
        }
    }
}
