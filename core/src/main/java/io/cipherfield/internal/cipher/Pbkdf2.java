package io.cipherfield.internal.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2-HMAC-SHA512 (RFC 8018). */
public final class Pbkdf2 {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

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
}
