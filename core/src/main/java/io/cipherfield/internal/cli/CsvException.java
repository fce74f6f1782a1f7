package io.cipherfield.internal.cli;

/** The input is no CSV of the kind that the arguments promise. */
final class CsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CsvException(String message) {
        super(message);
    }
}
