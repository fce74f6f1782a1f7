package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.DecryptionException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FieldEncryptorTest {

    private static final byte[] PLAINTEXT = "\u0001078-05-1120, a secret".getBytes(StandardCharsets.UTF_8);
    private static final String CONTEXT = "Patient.ssn";

    private final CipherKey key = CipherKey.parse("oIy2lEXhQaEefflTh808isMjA9kFD3xO8Lt5o7Vigfw=");

    private FieldEncryptor encryptor(Suite suite) {
        return FieldEncryptor.of(Keyring.of(key), suite, CONTEXT);
    }

    @ParameterizedTest
    @EnumSource
    void a_value_of_any_length_comes_back_and_has_the_promised_overhead(Suite suite) {
        FieldEncryptor encryptor = encryptor(suite);
        Random random = new Random(1);
        for (int length : new int[] {1, 2, 15, 16, 17, 31, 32, 33, 2047, 2048, 2049, 4079, 4096, 4113, 6144, 1 << 20}) {
            byte[] plaintext = new byte[length];
            random.nextBytes(plaintext);
            byte[] ciphertext = encryptor.encrypt(plaintext);
            assertThat(ciphertext).hasSize(length + suite.overheadInBytes());
            assertThat(Arrays.equals(encryptor.decrypt(ciphertext), plaintext)).isTrue();
            String text = CiphertextText.encode(ciphertext);
            assertThat((long) text.length()).isEqualTo(CiphertextText.lengthInChars(ciphertext.length));
            assertThat(Arrays.equals(CiphertextText.decode(text), ciphertext)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"AES_SIV, 39", "AES_SIV_DETERMINISTIC, 23", "XAES_256_GCM, 47"})
    void a_value_s_overhead_is_what_the_format_says(Suite suite, int overhead) {
        byte[] typed = {1, 'a'};
        assertThat(encryptor(suite).encrypt(typed)).hasSize(1 + overhead);
    }

    @ParameterizedTest
    @EnumSource
    void randomised_values_differ_each_time_and_deterministic_ones_do_not(Suite suite) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(CiphertextText.encode(encryptor(suite).encrypt(PLAINTEXT)));
        }
        assertThat(seen).hasSize(suite == Suite.AES_SIV_DETERMINISTIC ? 1 : 1000);
    }

    @ParameterizedTest
    @EnumSource
    void any_changed_byte_is_refused(Suite suite) {
        FieldEncryptor encryptor = encryptor(suite);
        byte[] ciphertext = encryptor.encrypt(PLAINTEXT);
        for (int position = 0; position < ciphertext.length; position++) {
            for (int change = 1; change < 256; change++) {
                byte[] changed = ciphertext.clone();
                changed[position] ^= (byte) change;
                if (!expectedReasons(position).contains(refused(encryptor, changed))) {
                    throw new AssertionError("Byte " + position + ", change " + change);
                }
            }
        }
        assertThat(encryptor.decrypt(ciphertext)).isEqualTo(PLAINTEXT);
    }

    /** Format and suite; key id; body. A changed suite may be another known one, under which the value is not authentic. */
    private static List<Reason> expectedReasons(int position) {
        if (position == 0) {
            return List.of(Reason.NOT_CIPHERTEXT);
        }
        if (position == 1) {
            return List.of(Reason.NOT_CIPHERTEXT, Reason.NOT_AUTHENTIC);
        }
        return List.of(position < 6 ? Reason.UNKNOWN_KEY : Reason.NOT_AUTHENTIC);
    }

    @ParameterizedTest
    @EnumSource
    void any_changed_character_of_the_text_is_refused(Suite suite) {
        FieldEncryptor encryptor = encryptor(suite);
        for (int length = PLAINTEXT.length - 3; length <= PLAINTEXT.length; length++) {
            String text = CiphertextText.encode(encryptor.encrypt(Arrays.copyOf(PLAINTEXT, length)));
            for (int position = 0; position < text.length(); position++) {
                for (char c : "ABab01-_+/= \n\u00e9\u0141\uD83D".toCharArray()) {
                    if (c != text.charAt(position)) {
                        String changed = text.substring(0, position) + c + text.substring(position + 1);
                        assertThat(refusedText(encryptor, changed)).as(changed).isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_truncation_and_any_addition_is_refused(Suite suite) {
        FieldEncryptor encryptor = encryptor(suite);
        byte[] ciphertext = encryptor.encrypt(PLAINTEXT);
        for (int length = 0; length < ciphertext.length; length++) {
            Reason expected = length < suite.overheadInBytes() + 1 ? Reason.NOT_CIPHERTEXT : Reason.NOT_AUTHENTIC;
            assertThat(refused(encryptor, Arrays.copyOf(ciphertext, length))).isEqualTo(expected);
            assertThat(refused(
                            encryptor, Arrays.copyOfRange(ciphertext, ciphertext.length - length, ciphertext.length)))
                    .isNotNull();
        }
        for (int added = 1; added < 40; added++) {
            assertThat(refused(encryptor, Arrays.copyOf(ciphertext, ciphertext.length + added)))
                    .isEqualTo(Reason.NOT_AUTHENTIC);
        }
        String text = CiphertextText.encode(ciphertext);
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> encryptor.decrypt(CiphertextText.decode(cut)))
                    .isInstanceOf(DecryptionException.class);
        }
    }

    private static boolean refusedText(FieldEncryptor encryptor, String text) {
        try {
            encryptor.decrypt(CiphertextText.decode(text));
            return false;
        } catch (DecryptionException e) {
            return true;
        }
    }

    private static Reason refused(FieldEncryptor encryptor, byte[] ciphertext) {
        try {
            encryptor.decrypt(ciphertext);
        } catch (DecryptionException e) {
            return e.reason();
        }
        throw new AssertionError("It was decrypted.");
    }

    @ParameterizedTest
    @EnumSource
    void a_value_moved_to_another_attribute_is_refused(Suite suite) {
        byte[] ciphertext = encryptor(suite).encrypt(PLAINTEXT);
        for (int i = 0; i < CONTEXT.length(); i++) {
            StringBuilder other = new StringBuilder(CONTEXT);
            other.setCharAt(i, (char) (other.charAt(i) ^ 1));
            assertRefusedUnder(other.toString(), suite, ciphertext);
            assertRefusedUnder(
                    CONTEXT.substring(0, i + 1).equals(CONTEXT) ? "x" : CONTEXT.substring(0, i + 1), suite, ciphertext);
        }
        assertRefusedUnder(CONTEXT + "#key", suite, ciphertext);
        assertRefusedUnder(CONTEXT + "\0", suite, ciphertext);
    }

    private void assertRefusedUnder(String context, Suite suite, byte[] ciphertext) {
        FieldEncryptor other = FieldEncryptor.of(Keyring.of(key), suite, context);
        assertThat(refused(other, ciphertext)).isEqualTo(Reason.NOT_AUTHENTIC);
    }

    @Test
    void the_error_of_another_context_says_what_may_have_happened() {
        byte[] ciphertext = encryptor(Suite.AES_SIV).encrypt(PLAINTEXT);
        assertThatThrownBy(() -> FieldEncryptor.of(Keyring.of(key), Suite.AES_SIV, "Person.ssn")
                        .decrypt(ciphertext))
                .isInstanceOf(DecryptionException.class)
                .hasMessage(
                        "The value of Person.ssn does not decrypt under key " + key.id()
                                + ": it was changed or cut, or it was written for another attribute. If the class or the attribute was renamed, pin its old name as the context.");
    }

    @Test
    void every_key_of_the_ring_reads_and_the_first_writes() {
        CipherKey newer = CipherKey.parse("H5Vf1CZFWIT7x8qQIij01Zc5nDKdY0xIihSrR9s6oaM=");
        for (Suite suite : Suite.values()) {
            byte[] old = encryptor(suite).encrypt(PLAINTEXT);
            for (Suite writing : Suite.values()) {
                FieldEncryptor both = FieldEncryptor.of(Keyring.of(newer, key), writing, CONTEXT);
                assertThat(both.decrypt(old)).isEqualTo(PLAINTEXT);
                CiphertextHeader header = CiphertextHeader.of(both.encrypt(PLAINTEXT));
                assertThat(header).isEqualTo(new CiphertextHeader(writing, newer.id()));
                assertThat(both.isCurrent(header)).isTrue();
                assertThat(both.isCurrent(CiphertextHeader.of(old))).isFalse();
                assertThat(both.canRead(CiphertextHeader.of(old))).isTrue();
            }
        }
        assertThat(encryptor(Suite.AES_SIV).isCurrent(new CiphertextHeader(Suite.XAES_256_GCM, key.id())))
                .isFalse();
    }

    @Test
    void a_key_that_is_not_in_the_ring_is_named_with_the_way_to_add_it() {
        CipherKey other = CipherKey.parse("xDBeEXN6CLAJlD96rKBSIZG3ULTZiYhXZ31th0RmxUE=");
        byte[] ciphertext = encryptor(Suite.AES_SIV).encrypt(PLAINTEXT);
        FieldEncryptor withOther = FieldEncryptor.of(Keyring.of(other), Suite.AES_SIV, CONTEXT);
        assertThat(withOther.canRead(CiphertextHeader.of(ciphertext))).isFalse();
        assertThatThrownBy(() -> withOther.decrypt(ciphertext))
                .isInstanceOfSatisfying(DecryptionException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_KEY);
                    assertThat(e.keyId()).isEqualTo(key.id());
                })
                .hasMessage("The value of Patient.ssn was written under key " + key.id()
                        + ", which is not in the key ring ([" + other.id()
                        + "]). Add that key to CIPHERFIELD_DECRYPT_ONLY_KEYS.");
    }

    /** No trial decryption: another key's id in the header is not authentic under that key. */
    @Test
    void the_header_s_key_id_cannot_be_exchanged() {
        CipherKey other = CipherKey.parse("UsrAqzsapYPHcfDImcwu1VDUwKQlTAWtXneb83ZUtj8=");
        FieldEncryptor both = FieldEncryptor.of(Keyring.of(key, other), Suite.AES_SIV, CONTEXT);
        byte[] ciphertext = both.encrypt(PLAINTEXT);
        int id = other.id().value();
        for (int i = 0; i < 4; i++) {
            ciphertext[2 + i] = (byte) (id >>> (24 - 8 * i));
        }
        assertThat(refused(both, ciphertext)).isEqualTo(Reason.NOT_AUTHENTIC);
    }

    @Test
    void an_empty_context_and_an_empty_plaintext_are_mistakes_of_the_caller() {
        assertThatThrownBy(() -> FieldEncryptor.of(Keyring.of(key), Suite.AES_SIV, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encryptor(Suite.AES_SIV).encrypt(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neither_plaintext_nor_ciphertext_is_changed_by_their_use() {
        for (Suite suite : Suite.values()) {
            byte[] plaintext = PLAINTEXT.clone();
            byte[] ciphertext = encryptor(suite).encrypt(plaintext);
            byte[] copy = ciphertext.clone();
            encryptor(suite).decrypt(ciphertext);
            assertThat(plaintext).isEqualTo(PLAINTEXT);
            assertThat(ciphertext).isEqualTo(copy);
        }
    }

    @Test
    void a_deterministic_value_under_another_key_of_the_ring_is_what_that_key_wrote_as_primary() {
        CipherKey other = CipherKey.parse("eJD9LOdvSw8kQLfSzd0r1t2YmA2tUqEiG6c0fhNnycc=");
        FieldEncryptor now = FieldEncryptor.of(Keyring.of(key, other), Suite.AES_SIV_DETERMINISTIC, CONTEXT);
        FieldEncryptor then = FieldEncryptor.of(Keyring.of(other), Suite.AES_SIV_DETERMINISTIC, CONTEXT);
        assertThat(now.encrypt(PLAINTEXT, other.id())).isEqualTo(then.encrypt(PLAINTEXT));
        assertThat(now.encrypt(PLAINTEXT, key.id())).isEqualTo(now.encrypt(PLAINTEXT));
    }

    @Test
    void a_key_that_is_not_in_the_ring_encrypts_nothing() {
        KeyId foreign =
                CipherKey.parse("5o24ye7WJKFbF78PPYvDJwPYeayfbQhRuu7XToPv8Ps=").id();
        assertThatThrownBy(() -> encryptor(Suite.AES_SIV).encrypt(PLAINTEXT, foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(foreign.toString());
    }
}
