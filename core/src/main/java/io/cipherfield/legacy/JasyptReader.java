package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.internal.jasypt.JasyptDecryptor;
import io.cipherfield.internal.jasypt.JasyptParameters;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that Jasypt 1.9 encrypted, read by Jasypt itself, which the application has to bring.
 *
 * <pre>
 * base64 or hex([salt] | [IV] | ciphertext), perhaps within ENC(…); or the bytes themselves; or a number made of them
 * </pre>
 *
 * <p>Not marked, since the text is plain base64, and so the owner of its attribute's values; unless all of them are {@code wrapped} in {@code ENC(…)}. The mark
 * is {@code ENC(} alone, so that a value which lost its end is an error and never taken for plaintext.
 *
 * <p>With a salt that is zero or fixed, and without an IV, equal plaintexts have equal ciphertexts, and can be searched.
 *
 * <p>Nothing is authenticated: most changes and a wrong password show by the padding, one in 256 does not, and gives garbage.
 */
final class JasyptReader extends BuiltInReader {

    private static final String MARK = "ENC(";
    private static final String END = ")";

    /** No exponent, by which a short text could mean a number of any length. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]++(?:\\.[0-9]++)?");

    private final JasyptDecryptor decryptor;
    private final JasyptPreset.Form form;
    private final boolean hexadecimal;
    private final boolean wrapped;

    private JasyptReader(ReaderOptions given, JasyptOptions options, JasyptDecryptor decryptor) {
        super(given, options.wrapped() ? Claim.MARKED : Claim.EVERYTHING, false);
        this.decryptor = decryptor;
        this.form = options.form();
        this.hexadecimal = options.hexadecimal();
        this.wrapped = options.wrapped();
    }

    static LegacyReader from(ReaderOptions given) {
        if (!JasyptParameters.libraryIsThere()) {
            throw new ConfigurationException(
                    "The legacy reader " + given.name() + " needs Jasypt, which is not on the class path.",
                    "Add the dependency " + JasyptParameters.COORDINATES + ".");
        }
        JasyptOptions options = new JasyptOptions(given);
        JasyptParameters parameters = options.parameters();
        try {
            return new JasyptReader(given, options, new JasyptDecryptor(parameters));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The legacy reader " + given.name() + " cannot be set up: " + e.getMessage() + ".",
                    "Check " + given.setting(JasyptOptions.ALGORITHM).property()
                            + " and how long a fixed salt or IV is; an algorithm of Bouncy Castle's needs its"
                            + " provider to be installed, and "
                            + given.setting(JasyptOptions.PROVIDER_NAME).property() + "=BC.");
        }
    }

    @Override
    public boolean recognises(byte[] stored) {
        int at = 0;
        // As Jasypt, which trims it.
        while (at < stored.length && stored[at] >= 0 && stored[at] <= ' ') {
            at++;
        }
        if (!wrapped || stored.length - at < MARK.length()) {
            return false;
        }
        for (int i = 0; i < MARK.length(); i++) {
            if (stored[at + i] != MARK.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean garbageShows() {
        return decryptor.garbageShows();
    }

    @Override
    public byte[] read(byte[] stored) {
        byte[] plaintext = switch (form) {
            case BINARY -> decryptor.decrypt(stored);
            case NUMBER -> number(new String(stored, StandardCharsets.UTF_8).strip());
            case TEXT -> text(new String(stored, StandardCharsets.UTF_8).strip());
        };
        if (plaintext == null) {
            throw new LegacyValueException(
                    "Jasypt does not decrypt it: it was cut or changed, or was written with another password, algorithm, salt or IV generator.");
        }
        return plaintext;
    }

    @Override
    public boolean deterministic() {
        return form != JasyptPreset.Form.NUMBER && decryptor.isDeterministic();
    }

    @Override
    public byte[] storedForm(byte[] plaintext) {
        if (!deterministic()) {
            return super.storedForm(plaintext);
        }
        byte[] encrypted = decryptor.encryptToLookFor(plaintext);
        if (encrypted == null) {
            throw new LegacyValueException("This Java runtime (" + Runtime.version()
                    + ") reads these values, but does not encrypt one as Jasypt did, to look for it: from JDK 25 on, triple DES under a salt of"
                    + " zeros is refused. Use an older Java runtime, or do without such queries until the re-encryption job has rewritten"
                    + " these values and the reader has been taken out.");
        }
        if (form == JasyptPreset.Form.BINARY) {
            return encrypted;
        }
        String text = hexadecimal
                ? HexFormat.of().withUpperCase().formatHex(encrypted)
                : Base64.getEncoder().encodeToString(encrypted);
        return (wrapped ? MARK + text + END : text).getBytes(StandardCharsets.US_ASCII);
    }

    private byte @Nullable [] text(String text) {
        if (wrapped && !(text.startsWith(MARK) && text.endsWith(END))) {
            throw new LegacyValueException("It is not whole: it does not start with ENC( and end with a bracket.");
        }
        String encoded = wrapped
                ? text.substring(MARK.length(), text.length() - END.length()).strip()
                : text;
        byte[] encrypted;
        try {
            encrypted = hexadecimal
                    ? HexFormat.of().parseHex(encoded)
                    : Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new LegacyValueException("It is no text of Jasypt's in "
                    + (hexadecimal ? "hexadecimal digits" : "base64") + ": it was cut, or is something else.");
        }
        return decryptor.decrypt(encrypted);
    }

    /** Of a plaintext its digits, with the scale that Jasypt stored. */
    private byte @Nullable [] number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new LegacyValueException("It is no number, as Jasypt's encryptors of numbers write.");
        }
        BigDecimal plaintext = decryptor.decrypt(new BigDecimal(text));
        return plaintext == null ? null : plaintext.toPlainString().getBytes(StandardCharsets.UTF_8);
    }
}
