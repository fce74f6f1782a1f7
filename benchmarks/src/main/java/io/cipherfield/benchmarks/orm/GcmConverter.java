package io.cipherfield.benchmarks.orm;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The first peer: what is written by hand most often, AES-256-GCM with a cipher asked for anew for each value. */
@Converter
public class GcmConverter implements AttributeConverter<String, String> {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_SIZE_IN_BYTES = 12;
    private static final int TAG_SIZE_IN_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretKeySpec KEY =
            new SecretKeySpec("a benchmark's key of 32 bytes...".getBytes(StandardCharsets.US_ASCII), "AES");

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            byte[] nonce = new byte[NONCE_SIZE_IN_BYTES];
            RANDOM.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(Cipher.ENCRYPT_MODE, KEY, new GCMParameterSpec(TAG_SIZE_IN_BITS, nonce));
            byte[] encrypted = cipher.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + encrypted.length)
                            .put(nonce)
                            .put(encrypted)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable String stored) {
        if (stored == null) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(stored);
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(
                    Cipher.DECRYPT_MODE, KEY, new GCMParameterSpec(TAG_SIZE_IN_BITS, bytes, 0, NONCE_SIZE_IN_BYTES));
            return new String(
                    cipher.doFinal(bytes, NONCE_SIZE_IN_BYTES, bytes.length - NONCE_SIZE_IN_BYTES),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
