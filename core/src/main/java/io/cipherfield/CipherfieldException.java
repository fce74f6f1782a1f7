package io.cipherfield;

/** The root of all errors of this library. Messages never hold a key, a plaintext or a ciphertext's body. */
public abstract class CipherfieldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected CipherfieldException(String message) {
        super(message);
    }

    protected CipherfieldException(String message, Throwable cause) {
        super(message, cause);
    }
}
