package io.cipherfield;

import java.util.Locale;

/** The names of all settings: each stands here and nowhere else. */
public enum Setting implements SettingName {
    /** The key that encrypts. */
    KEY("key", true),
    /** A file that holds the key that encrypts (Docker and Kubernetes secrets). */
    KEY_FILE("key-file", false),
    /** Comma-separated keys that only decrypt. */
    DECRYPT_ONLY_KEYS("decrypt-only-keys", true),
    /** A file that holds keys that only decrypt, one a line. */
    DECRYPT_ONLY_KEYS_FILE("decrypt-only-keys-file", false),
    /** The cipher suite of new randomised values: {@code aes-siv} (default) or {@code xaes-256-gcm}. */
    SUITE("suite", false),
    /** What {@code storage = AUTO} means: {@code auto} (default), {@code binary} or {@code text}. */
    STORAGE("storage", false),
    /** What to do with stored values that are not ciphertext: {@code refuse} (default) or {@code allow}. */
    PLAINTEXT("plaintext", false),
    /** Whether keys and columns are checked against the database at start: {@code fail} (default), {@code warn}, {@code off}. */
    STARTUP_CHECK("startup-check", false),
    /** Whether deterministic columns may be compared while the ring holds several keys: {@code refuse} (default) or {@code allow}. */
    MIXED_KEYS("mixed-keys", false);

    private static final String PREFIX = "cipherfield.";

    private final String property;
    private final String environmentVariable;
    private final boolean secret;

    Setting(String name, boolean secret) {
        this.property = PREFIX + name;
        this.environmentVariable =
                property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        this.secret = secret;
    }

    @Override
    public String property() {
        return property;
    }

    @Override
    public String environmentVariable() {
        return environmentVariable;
    }

    @Override
    public boolean secret() {
        return secret;
    }
}
