package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import io.cipherfield.internal.cipher.AesGcm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Values of DBackup, encrypted under its {@code ENCRYPTION_KEY}: AES-256-GCM with an IV of 16 bytes, in lower-case hexadecimal digits.
 *
 * <pre>
 * hex(IV 16B):hex(tag 16B):hex(ciphertext)
 * </pre>
 *
 * <p>Not marked: nothing in it says what it is, and a text that was cut or changed has no such shape any more and would pass for plaintext. So the
 * reader owns all values of its attribute.
 */
final class DbackupReader extends BuiltInReader {

    static final Option KEY = Option.secret("key");

    private static final Pattern KEY_DIGITS = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}:[0-9a-f]{32}:[0-9a-f]*+");

    private final AesGcm cipher;

    private DbackupReader(ReaderOptions options, byte[] key) {
        super(options, Claim.EVERYTHING, true);
        this.cipher = new AesGcm(key);
        Arrays.fill(key, (byte) 0);
    }

    static LegacyReader from(ReaderOptions options) {
        SettingSource.Found found = options.required(KEY);
        String digits = found.value().strip();
        if (!KEY_DIGITS.matcher(digits).matches()) {
            throw new ConfigurationException(
                    found.origin() + " is no key of DBackup's.",
                    "Copy its ENCRYPTION_KEY whole: 64 hexadecimal digits.");
        }
        return new DbackupReader(options, HexFormat.of().parseHex(digits));
    }

    @Override
    public byte[] read(byte[] stored) {
        String text = new String(stored, StandardCharsets.UTF_8);
        if (!FORM.matcher(text).matches() || text.length() % 2 != 0) {
            throw new LegacyValueException(
                    "It is no value of DBackup's, which are three parts of hexadecimal digits with colons between them.");
        }
        String[] parts = text.split(":", -1);
        HexFormat hex = HexFormat.of();
        byte[] plaintext = cipher.decrypt(hex.parseHex(parts[0]), hex.parseHex(parts[2] + parts[1]));
        if (plaintext == null) {
            throw new LegacyValueException(
                    "Its authentication tag is not right: it was changed, or written under another key.");
        }
        return plaintext;
    }
}
