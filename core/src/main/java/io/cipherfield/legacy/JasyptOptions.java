package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import io.cipherfield.internal.jasypt.JasyptParameters;
import io.cipherfield.internal.jasypt.JasyptParameters.Salt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a reader of type {@code jasypt}, with Jasypt's own defaults; contradictions are refused. */
final class JasyptOptions {

    static final Option PASSWORD = Option.secret("password");
    static final Option ENCRYPTOR = Option.plain("encryptor");
    static final Option ALGORITHM = Option.plain("algorithm");
    static final Option ITERATIONS = Option.plain("iterations");
    static final Option SALT = Option.plain("salt");
    static final Option SALT_FILE = Option.plain("salt-file");
    static final Option IV = Option.plain("iv");
    static final Option PROVIDER_NAME = Option.plain("provider-name");
    static final Option OUTPUT = Option.plain("output");
    static final Option WRAPPED = Option.plain("wrapped");

    static final List<Option> ALL =
            List.of(PASSWORD, ENCRYPTOR, ALGORITHM, ITERATIONS, SALT, SALT_FILE, IV, PROVIDER_NAME, OUTPUT, WRAPPED);

    private static final List<Option> OF_STANDARD =
            List.of(ALGORITHM, ITERATIONS, SALT, SALT_FILE, IV, PROVIDER_NAME, OUTPUT);
    private static final List<Option> OF_TEXT = List.of(OUTPUT, WRAPPED);
    private static final String FIXED = "fixed:";

    private final ReaderOptions options;
    private final JasyptPreset preset;

    JasyptOptions(ReaderOptions options) {
        this.options = options;
        this.preset = JasyptPreset.of(options.choice(ENCRYPTOR, JasyptPreset.labels()));
        if (!preset.hasFreeOptions()) {
            refuse(OF_STANDARD, "says all but the password", "or set encryptor to standard");
        }
        if (preset.form() != JasyptPreset.Form.TEXT) {
            refuse(OF_TEXT, "writes no text", "or set encryptor to one that does");
        }
    }

    private void refuse(List<Option> unwanted, String why, String orElse) {
        for (Option option : unwanted) {
            SettingSource.Found found = options.find(option);
            if (found != null) {
                throw new ConfigurationException(
                        found.origin() + " contradicts the encryptor " + preset.label() + ", which " + why + ".",
                        "Unset it, " + orElse + ".");
            }
        }
    }

    JasyptPreset.Form form() {
        return preset.form();
    }

    boolean hexadecimal() {
        return options.choice(OUTPUT, "base64", "hexadecimal").equals("hexadecimal");
    }

    boolean wrapped() {
        return options.choice(WRAPPED, "false", "true").equals("true");
    }

    JasyptParameters parameters() {
        String password = options.required(PASSWORD).value();
        SettingSource.Found provider = options.find(PROVIDER_NAME);
        String salt = fixedSalt();
        return new JasyptParameters(
                password,
                options.text(ALGORITHM, preset.algorithm()),
                options.positive(ITERATIONS, JasyptParameters.DEFAULT_ITERATIONS),
                salt != null ? Salt.FIXED : zeroSalt() ? Salt.ZERO : Salt.RANDOM,
                salt,
                randomIv(),
                provider == null ? null : provider.value().strip());
    }

    private boolean randomIv() {
        String byDefault = preset.randomIv() ? "random" : "none";
        return options.choice(IV, byDefault, "none", "random").equals("random");
    }

    private boolean zeroSalt() {
        String salt = options.text(SALT, "random");
        if (!salt.equals("zero") && !salt.equals("random")) {
            throw options.wrong(SALT, "Set one of [random, zero, fixed:<text>], or leave it out for random.");
        }
        return salt.equals("zero");
    }

    /** Null if it is none. */
    private @Nullable String fixedSalt() {
        SettingSource.Found given = options.find(SALT);
        SettingSource.Found file = options.find(SALT_FILE);
        if (given != null && file != null) {
            throw new ConfigurationException(
                    given.origin() + " and the option salt-file are both set.",
                    "Keep one of them, and unset the other.");
        }
        if (file != null) {
            return options.contentOfFile(SALT);
        }
        return given != null && given.value().startsWith(FIXED) ? given.value().substring(FIXED.length()) : null;
    }
}
