package io.cipherfield.internal.cli;

/** The arguments make no sense. The message never repeats an argument's text: it may be a key. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
