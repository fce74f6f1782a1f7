package io.cipherfield.legacy;

import io.cipherfield.CipherfieldException;

/** A value in another system's format could not be read. The message tells what to look at, and nothing of value or key. */
public final class LegacyValueException extends CipherfieldException {

    private static final long serialVersionUID = 1L;

    public LegacyValueException(String message) {
        super(message);
    }
}
