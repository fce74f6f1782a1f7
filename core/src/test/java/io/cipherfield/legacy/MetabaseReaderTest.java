package io.cipherfield.legacy;

import static io.cipherfield.legacy.Configured.read;
import static io.cipherfield.legacy.Configured.reader;
import static io.cipherfield.legacy.Configured.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetabaseReaderTest {

    private static final String SECRET = "IYqrSi5QDthvFWe4/WdAxhnra5DZC3RKx3ZSrOJDKsM=";
    private static final String STORED =
            "AAECAwQFBgcICQoLDA0OD52QKBmPhc8HYoVNfxQRgId1UdoGyNUNzeLu6+lvS3zjDNCbOexvVnY/BOstk/TkChJMWQaUqYl7wJ08joKl7eA=";
    private static final LegacyReader METABASE = reader("metabase", "secret", SECRET);

    @Test
    void a_value_of_metabase_is_read() {
        assertThat(read(METABASE, STORED)).isEqualTo("{\"password\":\"hunter2\"}");
    }

    @Test
    void what_an_independent_encryptor_writes_is_read() throws Exception {
        Random random = new Random(42);
        byte[] keys = keys();
        for (int i = 0; i < 500; i++) {
            byte[] plaintext = new byte[random.nextInt(200)];
            byte[] iv = new byte[16];
            random.nextBytes(plaintext);
            random.nextBytes(iv);
            assertThat(METABASE.read(stored(keys, iv, plaintext))).isEqualTo(plaintext);
        }
    }

    @Test
    void every_change_and_every_cut_is_refused() {
        Tampering.isRefused(METABASE, utf8(STORED));
    }

    @Test
    void another_secret_is_refused() {
        LegacyReader other = reader("metabase", "secret", SECRET + " ");
        assertThatThrownBy(() -> read(other, STORED))
                .isInstanceOf(LegacyValueException.class)
                .hasMessageContaining("another secret");
    }

    /** Metabase itself knows ciphertext by this shape only. */
    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "AAECAwQFBgcICQoLDA0ODw==", "{\"password\":\"hunter2\"}"})
    void what_only_looks_like_a_value_is_refused(String text) {
        assertThatThrownBy(() -> read(METABASE, text)).isInstanceOf(LegacyValueException.class);
        byte[] shaped = Base64.getEncoder().encode(new byte[64]);
        assertThatThrownBy(() -> METABASE.read(shaped)).isInstanceOf(LegacyValueException.class);
    }

    @Test
    void it_has_no_mark_and_so_owns_all_values() {
        assertThat(METABASE.claim()).isEqualTo(LegacyReader.Claim.EVERYTHING);
        assertThat(METABASE.recognises(utf8(STORED))).isFalse();
        assertThat(METABASE.authenticated()).isTrue();
    }

    @Test
    void a_secret_that_metabase_would_not_take_is_refused_and_not_shown() {
        assertThatThrownBy(() -> reader("metabase", "secret", "hunter2-hunter2"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The property cipherfield.legacy.metabase.old.secret is shorter than the 16 characters that"
                        + " Metabase wants. Copy Metabase's MB_ENCRYPTION_SECRET_KEY whole.");
    }

    /** PBKDF2 from the runtime's Mac: its PBEKeySpec refuses an empty salt. */
    private static byte[] keys() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(utf8(SECRET), "HmacSHA512"));
        byte[] u = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] keys = u.clone();
        for (int i = 1; i < 100_000; i++) {
            u = mac.doFinal(u);
            for (int j = 0; j < keys.length; j++) {
                keys[j] ^= u[j];
            }
        }
        return keys;
    }

    private static byte[] stored(byte[] keys, byte[] iv, byte[] plaintext) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, 32, 32, "AES"), new IvParameterSpec(iv));
        byte[] ciphertext = cipher.doFinal(plaintext);
        byte[] body = ByteBuffer.allocate(16 + ciphertext.length)
                .put(iv)
                .put(ciphertext)
                .array();
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(keys, 0, 32, "HmacSHA512"));
        byte[] tag = Arrays.copyOf(mac.doFinal(body), 32);
        return Base64.getEncoder()
                .encode(ByteBuffer.allocate(body.length + 32).put(body).put(tag).array());
    }
}
