package io.cipherfield.hibernate.internal.journal;

/** The journal cannot be used, or this run may not go on. The message says what to do. */
public class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }
}
