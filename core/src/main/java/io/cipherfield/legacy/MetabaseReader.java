package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import io.cipherfield.internal.cipher.AesCbc;
import io.cipherfield.internal.cipher.Hmac;
import io.cipherfield.internal.cipher.Pbkdf2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Values of Metabase, encrypted under {@code MB_ENCRYPTION_SECRET_KEY}:
 *
 * <pre>
 * base64(IV 16B | AES-256-CBC | first 32B of HMAC-SHA512 of all that)     keys: PBKDF2-HMAC-SHA512(secret, no salt, 100,000) = MAC key 32B | AES key 32B
 * </pre>
 *
 * <p>Not marked: it is plain base64 of a fitting length, which keys, digests and pictures are too. So the reader owns all values of its attribute.
 * The key is derived when the reader is made, which takes some tenths of a second.
 */
final class MetabaseReader extends BuiltInReader {

    static final Option SECRET = Option.secret("secret");

    private static final int ITERATIONS = 100_000;
    private static final int KEY_SIZE_IN_BYTES = 32;
    private static final int MAC_SIZE_IN_BYTES = 32;
    private static final int MIN_SECRET_CHARS = 16;

    private final Hmac hmac;
    private final AesCbc cipher;

    private MetabaseReader(ReaderOptions options, byte[] secret) {
        super(options, Claim.EVERYTHING, true);
        byte[] derived = Pbkdf2.deriveWithoutSalt(secret, ITERATIONS);
        byte[] macKey = Arrays.copyOf(derived, KEY_SIZE_IN_BYTES);
        this.hmac = Hmac.sha512(macKey);
        this.cipher = new AesCbc(derived, KEY_SIZE_IN_BYTES, KEY_SIZE_IN_BYTES);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(macKey, (byte) 0);
        Arrays.fill(derived, (byte) 0);
    }

    static LegacyReader from(ReaderOptions options) {
        SettingSource.Found found = options.required(SECRET);
        if (found.value().length() < MIN_SECRET_CHARS) {
            throw new ConfigurationException(
                    found.origin() + " is shorter than the 16 characters that Metabase wants.",
                    "Copy Metabase's MB_ENCRYPTION_SECRET_KEY whole.");
        }
        return new MetabaseReader(options, found.value().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] read(byte[] stored) {
        byte[] bytes = Base64Text.STANDARD.decode(stored);
        int macOffset = bytes == null ? 0 : bytes.length - MAC_SIZE_IN_BYTES;
        if (bytes == null || macOffset < AesCbc.IV_SIZE_IN_BYTES) {
            throw new LegacyValueException("It is no value of Metabase's: no base64, or too short.");
        }
        byte[] mac = Arrays.copyOf(hmac.of(Arrays.copyOf(bytes, macOffset)), MAC_SIZE_IN_BYTES);
        if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(bytes, macOffset, bytes.length))) {
            throw new LegacyValueException(
                    "Its authentication tag is not right: it was changed, was written under another secret, or is no value of Metabase's.");
        }
        byte[] plaintext = cipher.decrypt(bytes, 0, AesCbc.IV_SIZE_IN_BYTES, macOffset - AesCbc.IV_SIZE_IN_BYTES);
        if (plaintext == null) {
            throw new LegacyValueException(
                    "It is authenticated as Metabase's values are, but its padding is not right.");
        }
        return plaintext;
    }
}
