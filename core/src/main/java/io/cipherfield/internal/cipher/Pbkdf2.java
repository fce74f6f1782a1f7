package io.cipherfield.internal.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2-HMAC-SHA512 (RFC 8018). */
public final class Pbkdf2 {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

    /** The block's number, four bytes. */
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private Pbkdf2() {}

    /** @param password is encoded as UTF-8, as it stands */
    public static byte[] derive(char[] password, byte[] salt, int iterations, int lengthInBytes) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, lengthInBytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }

    /**
     * The first 64 bytes from an empty salt, which RFC 8018 allows, other systems use, and {@link PBEKeySpec} refuses: from HMAC by hand.
     *
     * @param password as it stands
     */
    public static byte[] deriveWithoutSalt(byte[] password, int iterations) {
        Hmac hmac = Hmac.sha512(password);
        byte[] previous = hmac.of(FIRST_BLOCK);
        byte[] derived = previous.clone();
        for (int i = 1; i < iterations; i++) {
            previous = hmac.of(previous);
            for (int j = 0; j < derived.length; j++) {
                derived[j] ^= previous[j];
            }
        }
        return derived;
    }
}
