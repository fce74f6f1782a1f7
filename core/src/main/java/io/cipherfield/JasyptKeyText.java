package io.cipherfield;

import io.cipherfield.internal.jasypt.GeneratedBytes;
import io.cipherfield.internal.jasypt.JasyptDecryptor;
import io.cipherfield.internal.jasypt.JasyptParameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * A key that stands in the settings as {@code ENC(…)}, as users of jasypt-spring-boot have their secrets, decrypted with that library's own settings and defaults. Where
 * it has decrypted the property itself, there is no {@code ENC(…)} to be seen here.
 */
final class JasyptKeyText {

    private static final String MARK = "ENC(";
    private static final String DEFAULT_ALGORITHM = "PBEWITHHMACSHA512ANDAES_256";

    private final SettingSource source;

    JasyptKeyText(SettingSource source) {
        this.source = source;
    }

    /**
     * @param text a key's text; any other than {@code ENC(…)} is given back
     * @param origin begins a sentence: where the text comes from
     */
    String decrypted(String text, String origin) {
        String encrypted = text.strip();
        if (!encrypted.startsWith(MARK)) {
            return text;
        }
        if (!encrypted.endsWith(")")) {
            throw new ConfigurationException(
                    origin + " starts with ENC( and does not end with a bracket.", "Copy it again, whole.");
        }
        JasyptDecryptor decryptor = decryptor(origin);
        byte[] key = decryptor.decrypt(decoded(
                encrypted.substring(MARK.length(), encrypted.length() - 1).strip(), origin));
        if (key == null) {
            throw new ConfigurationException(
                    origin
                            + " is ENC(…), which Jasypt does not decrypt: it was cut, or encrypted with another password or in another way.",
                    "Check " + JasyptSetting.PASSWORD.environmentVariable()
                            + ", and the other settings under jasypt.encryptor: the algorithm is " + DEFAULT_ALGORITHM
                            + ", with a random salt and IV, if they say nothing.");
        }
        return new String(key, StandardCharsets.UTF_8);
    }

    private JasyptDecryptor decryptor(String origin) {
        SettingSource.Found password = source.findOrFile(JasyptSetting.PASSWORD);
        if (password == null) {
            throw new ConfigurationException(
                    origin + " is ENC(…), and there is no password to decrypt it with.",
                    "Set the environment variable " + JasyptSetting.PASSWORD.environmentVariable() + " ("
                            + JasyptSetting.PASSWORD.property() + "), or "
                            + JasyptSetting.PASSWORD.file().environmentVariable()
                            + " to a file that holds it; or set the key itself.");
        }
        if (!JasyptParameters.libraryIsThere()) {
            throw new ConfigurationException(
                    origin + " is ENC(…), and Jasypt is not on the class path.",
                    "Add the dependency " + JasyptParameters.COORDINATES + ", or set the key itself.");
        }
        SettingSource.Found provider = JasyptSetting.PROVIDER_NAME.find(source);
        JasyptParameters parameters = new JasyptParameters(
                password.value(),
                text(JasyptSetting.ALGORITHM, DEFAULT_ALGORITHM),
                iterations(),
                choice(
                        JasyptSetting.SALT,
                        GeneratedBytes.RANDOM,
                        Map.of("randomsaltgenerator", GeneratedBytes.RANDOM, "zerosaltgenerator", GeneratedBytes.NONE)),
                choice(
                        JasyptSetting.IV,
                        GeneratedBytes.RANDOM,
                        Map.of("randomivgenerator", GeneratedBytes.RANDOM, "noivgenerator", GeneratedBytes.NONE)),
                provider == null ? null : provider.value().strip());
        try {
            return new JasyptDecryptor(parameters);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    origin + " is ENC(…), and Jasypt cannot be set up: " + e.getMessage() + ".",
                    "Check the settings under jasypt.encryptor.");
        }
    }

    private byte[] decoded(String text, String origin) {
        boolean hexadecimal = choice(JasyptSetting.OUTPUT, false, Map.of("base64", false, "hexadecimal", true));
        try {
            return hexadecimal
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    origin + " is ENC(…) with something in it that is not " + (hexadecimal ? "hexadecimal" : "base64")
                            + ".",
                    "Copy it again, whole, or check " + JasyptSetting.OUTPUT.property() + ".");
        }
    }

    private String text(JasyptSetting setting, String byDefault) {
        SettingSource.Found found = setting.find(source);
        return found == null ? byDefault : found.value().strip();
    }

    private int iterations() {
        String text = text(JasyptSetting.ITERATIONS, Integer.toString(JasyptParameters.DEFAULT_ITERATIONS));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(
                    JasyptSetting.ITERATIONS.property() + " is no whole number.",
                    "Set the one that Jasypt encrypted with.");
        }
    }

    /** @param choices by the last part of a class's name, in lower case */
    private <T> T choice(JasyptSetting setting, T byDefault, Map<String, T> choices) {
        String text = text(setting, "");
        T chosen = choices.get(text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (chosen == null && !text.isEmpty()) {
            throw new ConfigurationException(
                    setting.property() + " has a value that cannot decrypt a key here.",
                    "Known are " + choices.keySet().stream().sorted().toList()
                            + "; let jasypt-spring-boot decrypt the property, or set the key itself.");
        }
        return chosen == null ? byDefault : chosen;
    }
}
