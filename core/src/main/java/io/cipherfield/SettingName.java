package io.cipherfield;

import org.jspecify.annotations.Nullable;

/** What a setting is called in each place that it may come from. */
public interface SettingName {

    /** For example {@code cipherfield.key-file}. */
    String property();

    /** For example {@code CIPHERFIELD_KEY_FILE}. */
    String environmentVariable();

    /** Whether the value is a key or a password, which must never be printed nor stand on a command line. */
    boolean secret();

    /** The setting that names a file which holds this one's value: for example {@code cipherfield.key-file}, {@code CIPHERFIELD_KEY_FILE}. */
    default SettingName file() {
        return new FileSettingName(this);
    }

    /** The error for a secret that was found on a command line, where every user of the machine can see it, and which histories keep. */
    default ConfigurationException onCommandLine() {
        boolean key = this instanceof Setting;
        return new ConfigurationException(
                (key ? "A key" : "A secret") + " is given on the command line (" + property()
                        + "), where every user of this machine can see it.",
                (key ? "Treat that key as known to others: generate a new one, set it" : "Set it")
                        + " as the environment variable " + environmentVariable() + " or in a file, and "
                        + (key ? "rotate." : "replace what it opens: others know it now."));
    }

    /**
     * The secret setting that a property or an environment variable names, in whichever spelling: what must not stand on a command line, nor be shown.
     *
     * @return null if its value is no secret of this library's
     */
    static @Nullable SettingName secret(String property) {
        return SecretNames.find(property);
    }
}
