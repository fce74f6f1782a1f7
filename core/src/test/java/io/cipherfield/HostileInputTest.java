package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.cipherfield.DecryptionException.Reason;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileInputTest {

    private static final int LARGE = 100 * 1024 * 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final CipherKey key = CipherKey.parse("Enoc6sHTfoiclpyPJ7d06jdmVLm9OY0hKNLiGolLqHI=");
    private final FieldEncryptor encryptor = FieldEncryptor.of(Keyring.of(key), Suite.AES_SIV, "Patient.ssn");

    @Test
    void random_bytes_are_refused() {
        Random random = new Random(1);
        for (int length = 1; length <= 100; length++) {
            for (int i = 0; i < 100; i++) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                assertRefused(bytes);
            }
        }
    }

    @Test
    void random_bytes_behind_a_valid_header_are_refused() {
        Random random = new Random(2);
        for (Suite suite : Suite.values()) {
            byte[] header = new CiphertextHeader(suite, key.id()).toBytes();
            for (int length = 0; length <= 100; length++) {
                for (int i = 0; i < 20; i++) {
                    byte[] bytes = new byte[header.length + length];
                    random.nextBytes(bytes);
                    System.arraycopy(header, 0, bytes, 0, header.length);
                    assertRefused(bytes);
                }
            }
        }
    }

    private void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> encryptor.decrypt(bytes))
                .isInstanceOfSatisfying(
                        DecryptionException.class,
                        e -> assertThat(e.reason())
                                .isIn(Reason.NOT_CIPHERTEXT, Reason.NOT_AUTHENTIC, Reason.UNKNOWN_KEY));
        String asText = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> CiphertextText.decode(asText)).isInstanceOf(DecryptionException.class);
    }

    @Test
    void text_that_is_not_ascii_is_refused() {
        String valid = CiphertextText.encode(encryptor.encrypt(new byte[] {1, 'a', 'b', 'c'}));
        for (String foreign : new String[] {"é", "Ł", "\uFF3A", "😀", "\uD800", "\u0000", "ｚ"}) {
            for (int at = 0; at <= valid.length(); at++) {
                String text = valid.substring(0, at) + foreign + valid.substring(at);
                assertThatThrownBy(() -> CiphertextText.decode(text)).isInstanceOf(DecryptionException.class);
            }
            assertThat(CiphertextHeader.of(foreign.repeat(60))).isNull();
        }
        assertThat(CiphertextHeader.of("")).isNull();
        assertThat(CiphertextHeader.of("z======z".repeat(9))).isNull();
    }

    /** 'ñ' is 0xF1 in Latin-1, and 'Ā' would become '?': both must not be taken for what they are cut to. */
    @Test
    void a_character_is_never_taken_for_its_low_byte() {
        String valid = CiphertextText.encode(encryptor.encrypt(new byte[] {1, 'a', 'b', 'c'}));
        for (int at = 0; at < valid.length(); at++) {
            String text = valid.substring(0, at) + (char) (valid.charAt(at) + 0x100) + valid.substring(at + 1);
            assertThatThrownBy(() -> CiphertextText.decode(text)).isInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void a_hundred_megabytes_without_a_header_cost_nothing() {
        byte[] garbage = new byte[LARGE];
        new Random(3).nextBytes(garbage);
        garbage[0] = 'g';
        assertThat(bytesAllocatedBy(() -> assertThatThrownBy(() -> encryptor.decrypt(garbage))
                        .isInstanceOfSatisfying(
                                DecryptionException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CIPHERTEXT))))
                .isLessThan(1 << 20);
        String text = "x".repeat(LARGE);
        assertThat(bytesAllocatedBy(() -> assertThatThrownBy(() -> CiphertextText.decode(text))
                        .isInstanceOfSatisfying(
                                DecryptionException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CIPHERTEXT))))
                .isLessThan(1 << 20);
    }

    @Test
    void a_hundred_megabytes_of_an_unknown_key_cost_nothing() {
        byte[] garbage = new byte[LARGE];
        System.arraycopy(
                new CiphertextHeader(Suite.AES_SIV, new KeyId(key.id().value() + 1)).toBytes(), 0, garbage, 0, 6);
        assertThat(bytesAllocatedBy(() -> assertThatThrownBy(() -> encryptor.decrypt(garbage))
                        .isInstanceOfSatisfying(
                                DecryptionException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_KEY))))
                .isLessThan(1 << 20);
    }

    /** What a header promises is looked at, and costs a few times the input, whatever the input says. */
    @Test
    void a_hundred_megabytes_behind_a_valid_header_are_refused_for_a_few_times_their_size() {
        for (Suite suite : Suite.values()) {
            byte[] garbage = new byte[LARGE];
            Arrays.fill(garbage, (byte) 7);
            System.arraycopy(new CiphertextHeader(suite, key.id()).toBytes(), 0, garbage, 0, 6);
            assertThat(bytesAllocatedBy(() -> assertThatThrownBy(() -> encryptor.decrypt(garbage))
                            .isInstanceOfSatisfying(
                                    DecryptionException.class,
                                    e -> assertThat(e.reason()).isEqualTo(Reason.NOT_AUTHENTIC))))
                    .as(suite.label())
                    .isLessThan(4L * LARGE);
        }
        String text =
                CiphertextText.encode(new CiphertextHeader(Suite.AES_SIV, key.id()).toBytes()) + "!".repeat(LARGE);
        assertThat(bytesAllocatedBy(() -> assertThatThrownBy(() -> CiphertextText.decode(text))
                        .isInstanceOfSatisfying(
                                DecryptionException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_TEXT))))
                .isLessThan(3L * LARGE);
    }

    private static long bytesAllocatedBy(Runnable action) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        action.run();
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
