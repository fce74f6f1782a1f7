package io.cipherfield;

import io.cipherfield.internal.cipher.AesSiv;
import io.cipherfield.internal.cipher.Hkdf;
import io.cipherfield.internal.cipher.XaesGcm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

/**
 * A secret key of 32 bytes. It is never used itself: each use has a sub-key of its own, derived by HKDF-SHA256 (RFC 5869)
 * with an empty salt and a label as the info. Immutable and safe for use by many threads; it never prints its secret.
 */
public final class CipherKey {

    /** The length of every key. */
    public static final int LENGTH_IN_BYTES = 32;

    private static final String LABEL_PREFIX = "cipherfield/1/";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;
    private final KeyId id;
    private final AesSiv randomisedSiv;
    private final AesSiv deterministicSiv;
    private final XaesGcm xaes;

    private CipherKey(byte[] secret) {
        this.secret = secret;
        this.id = new KeyId(ByteBuffer.wrap(subKey("key-id", Integer.BYTES)).getInt());
        this.randomisedSiv = cipher(Suite.AES_SIV, AesSiv.KEY_SIZE_IN_BYTES, AesSiv::new);
        this.deterministicSiv = cipher(Suite.AES_SIV_DETERMINISTIC, AesSiv.KEY_SIZE_IN_BYTES, AesSiv::new);
        this.xaes = cipher(Suite.XAES_256_GCM, XaesGcm.KEY_SIZE_IN_BYTES, XaesGcm::new);
    }

    private <C> C cipher(Suite suite, int lengthInBytes, Function<byte[], C> factory) {
        byte[] subKey = subKey(suite.keyLabel(), lengthInBytes);
        C cipher = factory.apply(subKey);
        Arrays.fill(subKey, (byte) 0);
        return cipher;
    }

    /** A new key from the runtime's {@link SecureRandom}. */
    public static CipherKey generate() {
        byte[] secret = new byte[LENGTH_IN_BYTES];
        RANDOM.nextBytes(secret);
        return new CipherKey(secret);
    }

    /**
     * @param secret 32 bytes, which are copied
     * @throws IllegalArgumentException if the length is another
     */
    public static CipherKey of(byte[] secret) {
        if (secret.length != LENGTH_IN_BYTES) {
            throw new IllegalArgumentException(
                    "A key is " + LENGTH_IN_BYTES + " bytes, and this one is " + secret.length);
        }
        return new CipherKey(secret.clone());
    }

    /**
     * Reads a key as it stands in an environment variable: 32 bytes in base64 or base64url, 64 hex digits, or {@code
     * passphrase:<salt of 8 characters or more>:<text of 20 or more>} (PBKDF2-HMAC-SHA512, 1,000,000 iterations: about a
     * second). White space around it is ignored.
     *
     * @throws ConfigurationException with what is wrong and what to do, never with the text itself
     */
    public static CipherKey parse(String text) {
        return KeyText.parse(text, "The key");
    }

    /** Four bytes by which ciphertexts name this key, derived from the key itself: a changed key has another id. */
    public KeyId id() {
        return id;
    }

    /** The key in base64, 44 characters: a secret, for whoever generates a key and has to store it. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(secret);
    }

    /** @param label what the sub-key is for; two uses never share one */
    byte[] subKey(String label, int lengthInBytes) {
        byte[] info = (LABEL_PREFIX + label).getBytes(StandardCharsets.UTF_8);
        return Hkdf.derive(secret, new byte[0], info, lengthInBytes);
    }

    AesSiv randomisedSiv() {
        return randomisedSiv;
    }

    AesSiv deterministicSiv() {
        return deterministicSiv;
    }

    XaesGcm xaes() {
        return xaes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CipherKey key && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return id.value();
    }

    @Override
    public String toString() {
        return "CipherKey[id=" + id + "]";
    }
}
