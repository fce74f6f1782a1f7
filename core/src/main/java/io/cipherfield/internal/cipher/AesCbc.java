package io.cipherfield.internal.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts AES-CBC with PKCS #7 padding, which other systems' formats are made of. It authenticates nothing: whoever uses it has checked a MAC
 * over the ciphertext before, or padding tells an attacker the plaintext. Safe for use by many threads.
 */
public final class AesCbc {

    public static final int IV_SIZE_IN_BYTES = Aes.BLOCK_SIZE_IN_BYTES;
    private static final String TRANSFORMATION = "AES/CBC/PKCS5Padding";

    private final SecretKeySpec key;
    private final Pool<Cipher> pool = new Pool<>(AesCbc::newCipher);

    /** @param material 16 or 32 bytes of it from the offset on are the key, and are copied */
    public AesCbc(byte[] material, int offset, int keySizeInBytes) {
        this.key = Aes.key(material, offset, keySizeInBytes);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(TRANSFORMATION, e);
        }
    }

    /**
     * @param in an IV of 16 bytes at ivOffset, and whole blocks of ciphertext
     * @return null if the padding is none, or there are no whole blocks
     */
    public byte @Nullable [] decrypt(byte[] in, int ivOffset, int offset, int length) {
        Cipher cipher = pool.take();
        byte[] plaintext;
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(in, ivOffset, IV_SIZE_IN_BYTES));
            plaintext = cipher.doFinal(in, offset, length);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(TRANSFORMATION, e);
        }
        pool.giveBack(cipher);
        return plaintext;
    }
}
