package io.cipherfield.hibernate.reencrypt;

/**
 * A job could not start, or could not go on. Pages that were committed before stay; the job can be run again at any time. The
 * message says what is wrong, where, and what to do.
 */
public class ReencryptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReencryptionException(String message) {
        super(message);
    }

    public ReencryptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
