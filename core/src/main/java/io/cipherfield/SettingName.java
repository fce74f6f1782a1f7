package io.cipherfield;

/** What a setting is called in each place that it may come from. */
public interface SettingName {

    /** For example {@code cipherfield.key-file}. */
    String property();

    /** For example {@code CIPHERFIELD_KEY_FILE}. */
    String environmentVariable();

    /** Whether the value is a key or a password, which must never be printed nor stand on a command line. */
    boolean secret();
}
