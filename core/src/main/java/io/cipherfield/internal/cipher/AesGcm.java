package io.cipherfield.internal.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decrypts AES-256-GCM (NIST SP 800-38D) without associated data and with a whole tag, as other systems write it. Safe for use by many threads. */
public final class AesGcm {

    public static final int TAG_SIZE_IN_BYTES = 16;
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final Pool<Cipher> pool = new Pool<>(AesGcm::newCipher);

    /** @param key 32 bytes, which are copied */
    public AesGcm(byte[] key) {
        this.key = Aes.key(key, 0, Aes.KEY_SIZE_IN_BYTES);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(TRANSFORMATION, e);
        }
    }

    /**
     * @param iv of any length
     * @param ciphertextAndTag the tag's 16 bytes at its end
     * @return null if anything of it was changed
     */
    public byte @Nullable [] decrypt(byte[] iv, byte[] ciphertextAndTag) {
        Cipher cipher = pool.take();
        byte[] plaintext;
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_SIZE_IN_BYTES * Byte.SIZE, iv));
            plaintext = cipher.doFinal(ciphertextAndTag);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(TRANSFORMATION, e);
        }
        pool.giveBack(cipher);
        return plaintext;
    }
}
