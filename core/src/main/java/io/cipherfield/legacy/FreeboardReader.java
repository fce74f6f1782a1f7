package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import io.cipherfield.internal.cipher.AesGcm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Values of Freeboard, encrypted under its {@code CREDENTIAL_ENCRYPTION_KEY}: JSON objects with AES-256-GCM's parts in base64, in whichever order.
 *
 * <pre>
 * {"algorithm":"aes-256-gcm","keyId":"…","iv":"12B","ciphertext":"…","authTag":"16B"}
 * </pre>
 *
 * <p>Marked: they say what they are, and credentials in clear, which are JSON objects too, do not name the algorithm. An object that does is
 * this reader's, also if its end is lost or damaged: it is then an error and never taken for plaintext. The key id is
 * a label that Freeboard authenticates no more than this reader does.
 */
final class FreeboardReader extends BuiltInReader {

    static final Option KEY = Option.secret("key");

    private static final int KEY_SIZE_IN_BYTES = 32;
    private static final int IV_SIZE_IN_BYTES = 12;
    private static final String ALGORITHM = "aes-256-gcm";
    private static final Set<String> MEMBERS = Set.of("algorithm", "keyId", "iv", "ciphertext", "authTag");

    private final AesGcm cipher;

    private FreeboardReader(ReaderOptions options, byte[] key) {
        super(options, Claim.MARKED, true);
        this.cipher = new AesGcm(key);
        Arrays.fill(key, (byte) 0);
    }

    static LegacyReader from(ReaderOptions options) {
        SettingSource.Found found = options.required(KEY);
        byte[] key = Base64Text.STANDARD.decode(found.value().strip());
        if (key == null || key.length != KEY_SIZE_IN_BYTES) {
            throw new ConfigurationException(
                    found.origin() + " is no key of Freeboard's.",
                    "Copy its CREDENTIAL_ENCRYPTION_KEY whole: 32 bytes in base64, 44 characters.");
        }
        return new FreeboardReader(options, key);
    }

    @Override
    public boolean recognises(byte[] stored) {
        // Most values are decided by their first bytes.
        for (byte b : stored) {
            if (b == '{') {
                String text = new String(stored, StandardCharsets.ISO_8859_1);
                return text.contains('"' + ALGORITHM + '"');
            }
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return false;
    }

    @Override
    public byte[] read(byte[] stored) {
        Map<String, String> members = FlatJson.parse(new String(stored, StandardCharsets.UTF_8));
        if (members == null || !members.keySet().equals(MEMBERS) || !ALGORITHM.equals(members.get("algorithm"))) {
            throw new LegacyValueException("It is no whole value of Freeboard's: no JSON object of " + ALGORITHM
                    + ", or one with other members.");
        }
        byte[] iv = Base64Text.STANDARD.decode(members.getOrDefault("iv", ""));
        byte[] ciphertext = Base64Text.STANDARD.decode(members.getOrDefault("ciphertext", ""));
        byte[] tag = Base64Text.STANDARD.decode(members.getOrDefault("authTag", ""));
        // A shorter tag would be easier to forge.
        if (iv == null
                || iv.length != IV_SIZE_IN_BYTES
                || ciphertext == null
                || tag == null
                || tag.length != AesGcm.TAG_SIZE_IN_BYTES) {
            throw new LegacyValueException("A part of it is no base64, or has another length: it was cut or changed.");
        }
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
        System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
        byte[] plaintext = cipher.decrypt(iv, sealed);
        if (plaintext == null) {
            throw new LegacyValueException(
                    "Its authentication tag is not right: it was changed, or written under another key.");
        }
        return plaintext;
    }
}
