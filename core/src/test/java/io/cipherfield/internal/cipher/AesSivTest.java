package io.cipherfield.internal.cipher;

import static io.cipherfield.internal.cipher.Vectors.bytes;
import static io.cipherfield.internal.cipher.Vectors.concat;
import static io.cipherfield.internal.cipher.Vectors.hex;
import static io.cipherfield.internal.cipher.Vectors.seal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesSivTest {

    private static final byte[] RFC_A1_KEY =
            hex("fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff");
    private static final byte[] RFC_A1_AD = hex("10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627");
    private static final byte[] RFC_A1_PLAINTEXT = hex("11223344 55667788 99aabbcc ddee");
    private static final byte[] RFC_A1_OUTPUT =
            hex("85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c");

    private static final byte[] RFC_A2_KEY =
            hex("7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f");
    private static final byte[] RFC_A2_AD1 =
            hex("00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 77665544 33221100");
    private static final byte[] RFC_A2_AD2 = hex("10203040 50607080 90a0");
    private static final byte[] RFC_A2_NONCE = hex("09f91102 9d74e35b d84156c5 635688c0");
    private static final byte[] RFC_A2_PLAINTEXT = hex(
            "74686973 20697320 736f6d65 20706c61 696e7465 78742074 6f20656e 63727970 74207573 696e6720 5349562d 414553");
    private static final byte[] RFC_A2_OUTPUT =
            hex("7bdb6e3b 432667eb 06f4d14b ff2fbd0f cb900f2f ddbe4043 26601965 c889bf17"
                    + "dba77ceb 094fa663 b7a3f748 ba8af829 ea64ad54 4a272e9c 485b62a3 fd5c0d");

    @Test
    void the_deterministic_vector_of_rfc_5297_holds() {
        BoundCipher cipher = new AesSiv(RFC_A1_KEY, 16).deterministic(RFC_A1_AD);
        assertThat(seal(cipher, RFC_A1_PLAINTEXT)).isEqualTo(RFC_A1_OUTPUT);
        assertThat(cipher.open(RFC_A1_OUTPUT, 0)).isEqualTo(RFC_A1_PLAINTEXT);
    }

    /** The RFC's nonce-based vector has two components before the nonce, and we have one: the reference goes between. */
    @Test
    void the_reference_that_ours_is_compared_with_holds_both_vectors_of_rfc_5297() {
        assertThat(new ReferenceSiv(RFC_A1_KEY).encrypt(RFC_A1_PLAINTEXT, RFC_A1_AD))
                .isEqualTo(RFC_A1_OUTPUT);
        assertThat(new ReferenceSiv(RFC_A2_KEY).encrypt(RFC_A2_PLAINTEXT, RFC_A2_AD1, RFC_A2_AD2, RFC_A2_NONCE))
                .isEqualTo(RFC_A2_OUTPUT);
    }

    @Test
    void the_nonce_based_vector_of_rfc_5297_with_one_component_less_is_what_the_reference_says() {
        BoundCipher cipher = new AesSiv(RFC_A2_KEY, 16).withNonce(RFC_A2_NONCE, RFC_A2_AD1);
        byte[] expected =
                concat(RFC_A2_NONCE, new ReferenceSiv(RFC_A2_KEY).encrypt(RFC_A2_PLAINTEXT, RFC_A2_AD1, RFC_A2_NONCE));
        assertThat(seal(cipher, RFC_A2_PLAINTEXT)).isEqualTo(expected);
        assertThat(cipher.open(expected, 0)).isEqualTo(RFC_A2_PLAINTEXT);
    }

    /** RFC 4493, section 4. */
    @Test
    void cmac_holds_the_vectors_of_rfc_4493() {
        byte[] key = hex("2b7e151628aed2a6abf7158809cf4f3c");
        byte[] message = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        String[] macs = {
            "bb1d6929e95937287fa37d129b756746",
            "070a16b46b4d4144f79bdd9dd04a287c",
            "dfa66747de9ae63030ca32611497c827",
            "51f0bebf7e3b9d92fc49741779363cfe"
        };
        int[] lengths = {0, 16, 40, 64};
        Aes aes = Aes.cbcMac(Aes.key(key, 0, 16));
        Cmac cmac = Cmac.of(aes);
        byte[] subKeys = new byte[32];
        cmac.completeBlockKey.write(subKeys, 0);
        cmac.paddedBlockKey.write(subKeys, 16);
        assertThat(subKeys).isEqualTo(hex("fbeed618357133667c85e08f7236a8de f7ddac306ae266ccf90bc11ee46d513b"));
        for (int i = 0; i < lengths.length; i++) {
            byte[] mac = new byte[16];
            cmac.of(Arrays.copyOf(message, lengths[i]), aes).write(mac, 0);
            assertThat(mac).isEqualTo(hex(macs[i]));
            assertThat(new ReferenceSiv(concat(key, key)).cmac(Arrays.copyOf(message, lengths[i])))
                    .isEqualTo(hex(macs[i]));
        }
    }

    @Test
    void wycheproof_s_deterministic_vectors_hold() {
        int valid = 0;
        for (JsonNode vector : Vectors.read("aes-siv-wycheproof.json").get("tests")) {
            byte[] key = bytes(vector, "key");
            BoundCipher cipher = new AesSiv(key, key.length / 2).deterministic(bytes(vector, "aad"));
            byte[] ciphertext = bytes(vector, "ct");
            if (vector.get("result").textValue().equals("valid")) {
                valid++;
                assertThat(seal(cipher, bytes(vector, "msg"))).isEqualTo(ciphertext);
                assertThat(cipher.open(ciphertext, 0)).isEqualTo(bytes(vector, "msg"));
            } else if (ciphertext.length >= cipher.overheadInBytes()) {
                assertThat(cipher.open(ciphertext, 0)).as(vector.toString()).isNull();
            }
        }
        assertThat(valid).isEqualTo(79);
    }

    @Test
    void wycheproof_s_nonce_based_vectors_hold() {
        int valid = 0;
        for (JsonNode vector : Vectors.read("aes-siv-nonce-wycheproof.json").get("tests")) {
            byte[] nonce = bytes(vector, "iv");
            BoundCipher cipher = new AesSiv(bytes(vector, "key")).withNonce(nonce, bytes(vector, "aad"));
            byte[] ciphertext = concat(nonce, bytes(vector, "tag"), bytes(vector, "ct"));
            if (vector.get("result").textValue().equals("valid")) {
                valid++;
                assertThat(seal(cipher, bytes(vector, "msg"))).isEqualTo(ciphertext);
                assertThat(cipher.open(ciphertext, 0)).isEqualTo(bytes(vector, "msg"));
            } else {
                assertThat(cipher.open(ciphertext, 0)).as(vector.toString()).isNull();
            }
        }
        assertThat(valid).isEqualTo(23);
    }

    @Test
    void tink_computes_the_same_and_reads_ours() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] key = random(random, 64);
            byte[] associatedData = random(random, random.nextInt(70));
            byte[] nonce = random(random, 16);
            byte[] plaintext = random(random, random.nextInt(i < 1900 ? 200 : 20_000));
            var tink = new com.google.crypto.tink.subtle.AesSiv(key);
            AesSiv ours = new AesSiv(key);
            byte[] sealed = seal(ours.deterministic(associatedData), plaintext);
            assertThat(sealed).isEqualTo(tink.encryptDeterministically(plaintext, associatedData));
            assertThat(tink.decryptDeterministically(sealed, associatedData)).isEqualTo(plaintext);
            byte[] withNonce = seal(ours.withNonce(nonce, associatedData), plaintext);
            assertThat(withNonce)
                    .isEqualTo(concat(
                            nonce, tink.encryptDeterministicallyWithAssociatedDatas(plaintext, associatedData, nonce)));
            byte[] randomised = seal(ours.randomised(associatedData), plaintext);
            assertThat(tink.decryptDeterministicallyWithAssociatedDatas(
                            Arrays.copyOfRange(randomised, 16, randomised.length),
                            associatedData,
                            Arrays.copyOf(randomised, 16)))
                    .isEqualTo(plaintext);
        }
    }

    /** One pooled state goes through all lengths, so that what a longer value leaves behind would spoil the next. */
    @Test
    void every_length_to_5000_is_what_the_reference_says() {
        Random random = new Random(2);
        byte[] key = random(random, 64);
        byte[] associatedData = random(random, 20);
        byte[] nonce = random(random, 16);
        AesSiv ours = new AesSiv(key);
        ReferenceSiv reference = new ReferenceSiv(key);
        BoundCipher deterministic = ours.deterministic(associatedData);
        BoundCipher withNonce = ours.withNonce(nonce, associatedData);
        byte[] all = random(random, 5000);
        for (int i = 0; i <= 5000; i++) {
            int length = i % 2 == 0 ? i : 5000 - i;
            byte[] plaintext = Arrays.copyOf(all, length);
            byte[] sealed = seal(deterministic, plaintext);
            byte[] sealedWithNonce = seal(withNonce, plaintext);
            byte[] expected = reference.encrypt(plaintext, associatedData);
            byte[] expectedWithNonce = concat(nonce, reference.encrypt(plaintext, associatedData, nonce));
            assertThat(Arrays.equals(sealed, expected)).isTrue();
            assertThat(Arrays.equals(sealedWithNonce, expectedWithNonce)).isTrue();
            assertThat(Arrays.equals(deterministic.open(sealed, 0), plaintext)).isTrue();
            assertThat(Arrays.equals(withNonce.open(sealedWithNonce, 0), plaintext))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6143, 6144, 6145, 8191, 8192, 8193, 10240, 65_536, 65_551, 1_048_576, 1_048_583})
    void large_values_are_what_the_reference_says(int length) {
        Random random = new Random(length);
        byte[] key = random(random, 64);
        byte[] plaintext = random(random, length);
        byte[] nonce = random(random, 16);
        BoundCipher cipher = new AesSiv(key).withNonce(nonce, new byte[0]);
        byte[] expected = concat(nonce, new ReferenceSiv(key).encrypt(plaintext, new byte[0], nonce));
        assertThat(Arrays.equals(seal(cipher, plaintext), expected)).isTrue();
        assertThat(Arrays.equals(cipher.open(expected, 0), plaintext)).isTrue();
    }

    @Test
    void a_key_of_another_size_is_refused() {
        assertThatThrownBy(() -> new AesSiv(new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
