package io.cipherfield;

import org.jspecify.annotations.Nullable;

/** A stored value could not be turned back into its plaintext. */
public final class DecryptionException extends CipherfieldException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The value has no header of a known suite, or is shorter than any ciphertext of that suite. */
        NOT_CIPHERTEXT,
        /** The value starts like ciphertext in text form, but is not canonical base64url. */
        MALFORMED_TEXT,
        /** The key that the header names is not in the ring. */
        UNKNOWN_KEY,
        /** The value was changed, cut, written under another context, or under another key with the same id. */
        NOT_AUTHENTIC,
        /** The value decrypts, but holds another type than the one that was asked for. */
        WRONG_TYPE,
        /** The value decrypts, but its content is not a valid value of its type. */
        MALFORMED_VALUE
    }

    private final Reason reason;
    private final @Nullable KeyId keyId;

    public DecryptionException(Reason reason, @Nullable KeyId keyId, String message) {
        super(message);
        this.reason = reason;
        this.keyId = keyId;
    }

    public Reason reason() {
        return reason;
    }

    /** The id of the key in the value's header, or null where there is no header. */
    public @Nullable KeyId keyId() {
        return keyId;
    }
}
