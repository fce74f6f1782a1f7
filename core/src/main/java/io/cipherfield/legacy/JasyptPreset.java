package io.cipherfield.legacy;

import io.cipherfield.internal.jasypt.JasyptParameters;
import java.util.Arrays;
import java.util.Locale;

/**
 * Jasypt's encryptors, under the names that its classes have: {@code standard} is what {@code StandardPBE…Encryptor} does, whose options are free; the others
 * fix them all but the password.
 */
enum JasyptPreset {
    STANDARD(Form.TEXT, JasyptParameters.DEFAULT_ALGORITHM, false),
    STANDARD_BINARY(Form.BINARY, JasyptParameters.DEFAULT_ALGORITHM, false),
    STANDARD_NUMBER(Form.NUMBER, JasyptParameters.DEFAULT_ALGORITHM, false),
    BASIC_TEXT(Form.TEXT, JasyptParameters.DEFAULT_ALGORITHM, false),
    BASIC_BINARY(Form.BINARY, JasyptParameters.DEFAULT_ALGORITHM, false),
    BASIC_NUMBER(Form.NUMBER, JasyptParameters.DEFAULT_ALGORITHM, false),
    STRONG_TEXT(Form.TEXT, "PBEWithMD5AndTripleDES", false),
    STRONG_BINARY(Form.BINARY, "PBEWithMD5AndTripleDES", false),
    STRONG_NUMBER(Form.NUMBER, "PBEWithMD5AndTripleDES", false),
    AES256_TEXT(Form.TEXT, "PBEWithHMACSHA512AndAES_256", true),
    AES256_BINARY(Form.BINARY, "PBEWithHMACSHA512AndAES_256", true),
    AES256_NUMBER(Form.NUMBER, "PBEWithHMACSHA512AndAES_256", true);

    /** What a column holds. */
    enum Form {
        /** Base64 or hexadecimal digits. */
        TEXT,
        /** The bytes themselves. */
        BINARY,
        /** A number, in decimal digits. */
        NUMBER
    }

    private final Form form;
    private final String algorithm;
    private final boolean randomIv;

    JasyptPreset(Form form, String algorithm, boolean randomIv) {
        this.form = form;
        this.algorithm = algorithm;
        this.randomIv = randomIv;
    }

    Form form() {
        return form;
    }

    String algorithm() {
        return algorithm;
    }

    boolean randomIv() {
        return randomIv;
    }

    boolean hasFreeOptions() {
        return name().startsWith("STANDARD");
    }

    /** For example {@code basic-text}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String[] labels() {
        return Arrays.stream(values()).map(JasyptPreset::label).toArray(String[]::new);
    }

    static JasyptPreset of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
