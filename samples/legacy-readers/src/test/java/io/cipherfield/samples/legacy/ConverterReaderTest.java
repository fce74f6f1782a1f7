package io.cipherfield.samples.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.legacy.LegacyValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ConverterReaderTest {

    private static final byte[] KEY = "a key of 32 bytes, for this test".getBytes(StandardCharsets.US_ASCII);

    private final ConverterReader reader = new ConverterReader(KEY);

    /** As people write their {@code convertToDatabaseColumn}. */
    private static String stored(String value) throws Exception {
        byte[] iv = new byte[12];
        new SecureRandom().nextBytes(iv);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, iv));
        byte[] sealed = cipher.doFinal(value.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(12 + sealed.length)
                        .put(iv)
                        .put(sealed)
                        .array());
    }

    @Test
    void what_the_converter_stored_is_read() throws Exception {
        for (String value : new String[] {"", "Zoë", "a".repeat(1000)}) {
            assertThat(reader.read(stored(value).getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(value.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LegacyReaders.of(reader).named("converter")).isSameAs(reader);
    }

    @Test
    void changed_bytes_another_key_and_plaintext_are_refused() throws Exception {
        byte[] bytes = Base64.getDecoder().decode(stored("hunter2"));
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i]++;
            byte[] cut = Arrays.copyOf(bytes, i);
            assertThatThrownBy(() -> reader.read(Base64.getEncoder().encode(changed)))
                    .isInstanceOf(LegacyValueException.class);
            assertThatThrownBy(() -> reader.read(Base64.getEncoder().encode(cut)))
                    .isInstanceOf(LegacyValueException.class);
        }
        assertThatThrownBy(() ->
                        new ConverterReader(new byte[32]).read(stored("hunter2").getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(LegacyValueException.class);
        assertThatThrownBy(() -> reader.read("hunter2!".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(LegacyValueException.class);
    }
}
