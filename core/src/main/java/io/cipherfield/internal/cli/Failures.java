package io.cipherfield.internal.cli;

import io.cipherfield.CipherfieldException;
import java.io.PrintStream;

/** Counts the values that failed, and says on standard error which and why. */
final class Failures {

    /** Begins what stands in the place of a value that failed. In line mode no value prints like this. */
    private static final String MARK = "\\! ";

    private final PrintStream err;
    private long count;

    Failures(PrintStream err) {
        this.err = err;
    }

    /** The command's result, or the mark in its place. */
    String guard(long line, String stored, ValueCommand command) {
        try {
            return command.apply(stored);
        } catch (CipherfieldException e) {
            add(line, String.valueOf(e.getMessage()));
            return MARK + "failed, see standard error for line " + line;
        }
    }

    void add(long line, String message) {
        count++;
        err.println("Line " + line + ": " + message);
    }

    long count() {
        return count;
    }
}
