package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import io.cipherfield.internal.jasypt.GeneratedBytes;
import io.cipherfield.internal.jasypt.JasyptParameters;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

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
    private static final String FIXED_HEX = "fixed-hex:";

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
        return new JasyptParameters(
                password,
                options.text(ALGORITHM, preset.algorithm()),
                options.positive(ITERATIONS, JasyptParameters.DEFAULT_ITERATIONS),
                salt(),
                generated(IV, preset.randomIv() ? "random" : "none", "none"),
                provider == null ? null : provider.value().strip());
    }

    private GeneratedBytes salt() {
        SettingSource.Found given = options.find(SALT);
        SettingSource.Found file = options.find(SALT_FILE);
        if (given != null && file != null) {
            throw new ConfigurationException(
                    given.origin() + " and the option salt-file are both set.",
                    "Keep one of them, and unset the other.");
        }
        return file == null
                ? generated(SALT, "random", "zero")
                : GeneratedBytes.fixed(options.contentOfFile(SALT).getBytes(StandardCharsets.UTF_8));
    }

    /** @param none what zeros, or none at all, are called */
    private GeneratedBytes generated(Option option, String byDefault, String none) {
        SettingSource.Found found = options.find(option);
        String value = found == null ? byDefault : found.value();
        if (value.startsWith(FIXED) && value.length() > FIXED.length()) {
            return GeneratedBytes.fixed(value.substring(FIXED.length()).getBytes(StandardCharsets.UTF_8));
        }
        String word = value.strip().toLowerCase(Locale.ROOT);
        if (word.startsWith(FIXED_HEX) && word.length() > FIXED_HEX.length()) {
            try {
                return GeneratedBytes.fixed(HexFormat.of().parseHex(word.substring(FIXED_HEX.length())));
            } catch (IllegalArgumentException e) {
                throw options.wrong(
                        option, "Write two hexadecimal digits a byte behind " + FIXED_HEX + ", and nothing else.");
            }
        }
        if (word.equals("random")) {
            return GeneratedBytes.RANDOM;
        }
        if (word.equals(none)) {
            return GeneratedBytes.NONE;
        }
        throw options.wrong(
                option,
                "Set one of [random, " + none + ", fixed:<text>, fixed-hex:<bytes>], or leave it out for " + byDefault
                        + "; what a generator of your own gave is read by a LegacyReader of your own (docs/legacy.md).");
    }
}
