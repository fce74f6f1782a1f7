package io.cipherfield.value;

import io.cipherfield.CipherfieldException;

/** A value that has no encoding in format 1. The message says why, without the value. */
public final class ValueException extends CipherfieldException {

    private static final long serialVersionUID = 1L;

    /** @param message says why, without the value */
    public ValueException(String message) {
        super(message);
    }
}
