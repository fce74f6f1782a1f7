package io.cipherfield.internal.cipher;

import static io.cipherfield.internal.cipher.Vectors.bytes;
import static io.cipherfield.internal.cipher.Vectors.concat;
import static io.cipherfield.internal.cipher.Vectors.seal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.aead.subtle.XAesGcmAead;
import com.google.crypto.tink.util.SecretBytes;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XaesGcmTest {

    private static final JsonNode PUBLISHED = Vectors.read("xaes-256-gcm-c2sp.json");

    @Test
    void the_published_vectors_hold_in_both_directions() {
        assertThat(PUBLISHED.get("published")).hasSize(2).allSatisfy(XaesGcmTest::assertHolds);
        assertThat(PUBLISHED.get("first_25_of_accumulated")).hasSize(25).allSatisfy(XaesGcmTest::assertHolds);
    }

    private static void assertHolds(JsonNode vector) {
        byte[] nonce = bytes(vector, "nonce");
        BoundCipher cipher = new XaesGcm(bytes(vector, "key")).withNonce(nonce, bytes(vector, "aad"));
        byte[] expected = concat(nonce, bytes(vector, "ciphertext_and_tag"));
        assertThat(seal(cipher, bytes(vector, "plaintext"))).isEqualTo(expected);
        assertThat(cipher.open(expected, 0)).isEqualTo(bytes(vector, "plaintext"));
        expected[expected.length - 1]++;
        assertThat(cipher.open(expected, 0)).isNull();
    }

    @Test
    void the_accumulated_test_of_10_000_iterations_holds() {
        assertThat(HexFormat.of().formatHex(new Shake128().squeeze(32)))
                .isEqualTo("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26");
        Shake128 random = new Shake128();
        Shake128 results = new Shake128();
        for (int i = 0; i < 10_000; i++) {
            byte[] key = random.squeeze(32);
            byte[] nonce = random.squeeze(24);
            byte[] plaintext = random.squeeze(random.squeeze(1)[0] & 0xFF);
            byte[] associatedData = random.squeeze(random.squeeze(1)[0] & 0xFF);
            BoundCipher cipher = new XaesGcm(key).withNonce(nonce, associatedData);
            byte[] sealed = seal(cipher, plaintext);
            assertThat(cipher.open(sealed, 0)).isEqualTo(plaintext);
            results.absorb(java.util.Arrays.copyOfRange(sealed, 24, sealed.length));
        }
        assertThat(HexFormat.of().formatHex(results.squeeze(32)))
                .isEqualTo(
                        PUBLISHED.get("accumulated").get("results").get("10000").textValue());
    }

    @Test
    void tink_reads_ours_and_we_read_tink_s() throws Exception {
        Random random = new Random(5);
        XAesGcmParameters parameters = XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, 12);
        for (int length = 0; length < 300; length++) {
            byte[] key = new byte[32];
            byte[] associatedData = new byte[random.nextInt(60)];
            byte[] plaintext = new byte[length];
            random.nextBytes(key);
            random.nextBytes(associatedData);
            random.nextBytes(plaintext);
            Aead tink = XAesGcmAead.create(
                    XAesGcmKey.create(parameters, SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()), null));
            BoundCipher ours = new XaesGcm(key).randomised(associatedData);
            assertThat(tink.decrypt(seal(ours, plaintext), associatedData)).isEqualTo(plaintext);
            assertThat(ours.open(tink.encrypt(plaintext, associatedData), 0)).isEqualTo(plaintext);
        }
    }

    @Test
    void a_key_of_another_size_is_refused() {
        assertThatThrownBy(() -> new XaesGcm(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_refused_value_leaves_nothing_behind_that_spoils_the_next() {
        BoundCipher cipher = new XaesGcm(new byte[32]).randomised(new byte[] {1});
        byte[] sealed = seal(cipher, new byte[] {1, 2, 3});
        for (int i = 0; i < 1000; i++) {
            assertThat(cipher.open(new byte[40], 0)).isNull();
            assertThat(cipher.open(sealed, 0)).isEqualTo(new byte[] {1, 2, 3});
        }
    }
}
