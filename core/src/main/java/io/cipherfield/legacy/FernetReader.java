package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import io.cipherfield.internal.cipher.AesCbc;
import io.cipherfield.internal.cipher.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Fernet tokens (github.com/fernet/spec), also those of Redash, whose key is the SHA-256 of its secret:
 *
 * <pre>
 * base64url(0x80 | time 8B | IV 16B | AES-128-CBC | HMAC-SHA256 of all that 32B), with or without padding
 * </pre>
 *
 * <p>Marked: with the version byte and the first bits of the time, which are zero until far beyond this calendar, every token starts with
 * {@code gAAAA}, and text of people hardly does. The mark alone decides, so that a token that was cut or changed behind it is an error and never taken for
 * plaintext. How old a token is does not matter.
 *
 * <p>A token does not name its key. Of several keys, between which its system has rotated, the one is taken under which the signature is right: no other
 * could pass for it.
 */
final class FernetReader extends BuiltInReader {

    static final Option KEY = Option.secret("key");
    static final Option KEYS = Option.secret("keys");
    static final Option SECRET = Option.secret("secret");
    static final Option SECRETS = Option.secret("secrets");

    private static final byte[] MARK = "gAAAA".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = (byte) 0x80;
    private static final int HALF_KEY_SIZE_IN_BYTES = 16;
    private static final int IV_OFFSET = 1 + Long.BYTES;
    private static final int CIPHERTEXT_OFFSET = IV_OFFSET + AesCbc.IV_SIZE_IN_BYTES;
    private static final int MAC_SIZE_IN_BYTES = 32;

    private final List<Key> keys;

    private FernetReader(ReaderOptions options, List<Key> keys) {
        super(options, Claim.MARKED, true);
        this.keys = keys;
    }

    /** Keys as Fernet's libraries make them: 32 bytes in base64url. */
    static LegacyReader ofKeys(ReaderOptions options) {
        return new FernetReader(
                options,
                options.oneOrMore(KEY, KEYS).stream().map(FernetReader::key).toList());
    }

    private static Key key(SettingSource.Found found) {
        byte[] key = Base64Text.URL_SAFE.decode(found.value().strip());
        if (key == null || key.length != 2 * HALF_KEY_SIZE_IN_BYTES) {
            throw new ConfigurationException(
                    found.origin() + " is no Fernet key.",
                    "A Fernet key is 32 bytes in base64url, 44 characters. Copy it whole; several keys go into the option keys.");
        }
        return new Key(key);
    }

    /** Redash's {@code REDASH_SECRET_KEY}, or {@code REDASH_COOKIE_SECRET} where that is not set: any text. */
    static LegacyReader ofRedashSecrets(ReaderOptions options) {
        return new FernetReader(
                options,
                options.oneOrMore(SECRET, SECRETS).stream()
                        .map(secret -> new Key(sha256(secret.value().getBytes(StandardCharsets.UTF_8))))
                        .toList());
    }

    private static byte[] sha256(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public boolean recognises(byte[] stored) {
        return stored.length >= MARK.length && Arrays.equals(stored, 0, MARK.length, MARK, 0, MARK.length);
    }

    @Override
    public byte[] read(byte[] stored) {
        byte[] token = Base64Text.URL_SAFE.decode(stored);
        if (token == null) {
            token = Base64Text.URL_SAFE_WITHOUT_PADDING.decode(stored);
        }
        if (token == null || token.length < CIPHERTEXT_OFFSET + MAC_SIZE_IN_BYTES || token[0] != VERSION) {
            throw new LegacyValueException("It is no whole Fernet token: it was cut or changed, or is something else.");
        }
        int macOffset = token.length - MAC_SIZE_IN_BYTES;
        byte[] signed = Arrays.copyOf(token, macOffset);
        byte[] mac = Arrays.copyOfRange(token, macOffset, token.length);
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.hmac.of(signed), mac)) {
                return plaintext(key, token, macOffset);
            }
        }
        throw new LegacyValueException(
                "Its Fernet signature is not right: it was changed, or written under another key.");
    }

    private static byte[] plaintext(Key key, byte[] token, int macOffset) {
        byte[] plaintext = key.cipher.decrypt(token, IV_OFFSET, CIPHERTEXT_OFFSET, macOffset - CIPHERTEXT_OFFSET);
        if (plaintext == null) {
            throw new LegacyValueException("It is signed as Fernet tokens are, but its padding is not right.");
        }
        return plaintext;
    }

    /** For signing the first half, for encryption the second. */
    private static final class Key {

        private final Hmac hmac;
        private final AesCbc cipher;

        Key(byte[] key) {
            byte[] signing = Arrays.copyOf(key, HALF_KEY_SIZE_IN_BYTES);
            this.hmac = Hmac.sha256(signing);
            this.cipher = new AesCbc(key, HALF_KEY_SIZE_IN_BYTES, HALF_KEY_SIZE_IN_BYTES);
            Arrays.fill(signing, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }
}
