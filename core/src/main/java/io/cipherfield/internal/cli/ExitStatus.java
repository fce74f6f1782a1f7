package io.cipherfield.internal.cli;

/** What the process tells the one that started it. */
final class ExitStatus {

    static final int ALL_DONE = 0;
    /** A key is missing or wrong, or the input or the output failed. */
    static final int COULD_NOT_RUN = 1;
    /** Each of them is named on standard error; the others are done. */
    static final int SOME_VALUES_FAILED = 2;
    /** As in BSD's sysexits: EX_USAGE. */
    static final int WRONG_USAGE = 64;

    private ExitStatus() {}
}
