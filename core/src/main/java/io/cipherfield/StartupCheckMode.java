package io.cipherfield;

/** What follows from a start-up check that finds something: the setting {@code cipherfield.startup-check}. */
public enum StartupCheckMode {
    /** The start is refused. */
    FAIL,
    /** A warning is logged. */
    WARN,
    /** Nothing is looked at. */
    OFF
}
