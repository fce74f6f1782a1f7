package io.cipherfield.samples.legacy;

import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyValueException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads what a hand-written {@code AttributeConverter} stored: {@code base64(IV 12B | AES-GCM's ciphertext | tag 16B)}. Nothing marks such a value, so
 * the reader owns its attribute's.
 */
public final class ConverterReader implements LegacyReader {

    private static final int IV_SIZE_IN_BYTES = 12;
    private static final int TAG_SIZE_IN_BYTES = 16;

    private final SecretKeySpec key;

    /** @param key 16, 24 or 32 bytes, which are copied */
    public ConverterReader(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public String name() {
        return "converter";
    }

    @Override
    public Claim claim() {
        return Claim.EVERYTHING;
    }

    @Override
    public boolean recognises(byte[] stored) {
        return false;
    }

    @Override
    public boolean authenticated() {
        return true;
    }

    @Override
    public byte[] read(byte[] stored) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(stored);
        } catch (IllegalArgumentException e) {
            throw new LegacyValueException("It is no base64.");
        }
        if (bytes.length < IV_SIZE_IN_BYTES + TAG_SIZE_IN_BYTES) {
            throw new LegacyValueException("It is too short for a value of the converter's.");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new GCMParameterSpec(TAG_SIZE_IN_BYTES * Byte.SIZE, bytes, 0, IV_SIZE_IN_BYTES));
            return cipher.doFinal(bytes, IV_SIZE_IN_BYTES, bytes.length - IV_SIZE_IN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new LegacyValueException("It was changed, or written under another key.");
        }
    }

    @Override
    public String toString() {
        return "legacy reader converter";
    }
}
