package io.cipherfield.internal.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AES with a 256-bit key in the two modes that SIV, CMAC and XAES are built from. Not safe for use by several threads. */
final class Aes {

    static final int BLOCK_SIZE_IN_BYTES = 16;
    static final int KEY_SIZE_IN_BYTES = 32;

    private final Cipher cipher;

    private Aes(Cipher cipher) {
        this.cipher = cipher;
    }

    /** Each block by itself. */
    static Aes ecb(SecretKeySpec key) {
        return initialised("AES/ECB/NoPadding", key, null);
    }

    /** Chained, starting from a zero block with each message that {@link #finish} ends. */
    static Aes cbcMac(SecretKeySpec key) {
        return initialised("AES/CBC/NoPadding", key, new IvParameterSpec(new byte[BLOCK_SIZE_IN_BYTES]));
    }

    static SecretKeySpec key(byte[] material, int offset, int sizeInBytes) {
        return new SecretKeySpec(material, offset, sizeInBytes, "AES");
    }

    private static Aes initialised(String transformation, SecretKeySpec key, @Nullable IvParameterSpec iv) {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.ENCRYPT_MODE, key, iv);
            return new Aes(cipher);
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(transformation, e);
        }
    }

    /** Encrypts whole blocks and goes on with the same message. Not in place: the runtime would make a copy of its own. */
    void update(byte[] in, int length, byte[] out) {
        try {
            cipher.update(in, 0, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(cipher.getAlgorithm(), e);
        }
    }

    /** Encrypts whole blocks and ends the message. Not in place: the runtime would make a copy of its own. */
    void finish(byte[] in, int length, byte[] out) {
        try {
            cipher.doFinal(in, 0, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(cipher.getAlgorithm(), e);
        }
    }
}
