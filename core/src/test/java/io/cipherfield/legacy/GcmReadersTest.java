package io.cipherfield.legacy;

import static io.cipherfield.legacy.Configured.read;
import static io.cipherfield.legacy.Configured.reader;
import static io.cipherfield.legacy.Configured.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DBackup and Freeboard. */
class GcmReadersTest {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final byte[] KEY_BYTES = HexFormat.of().parseHex(KEY);
    private static final String OF_DBACKUP =
            "000102030405060708090a0b0c0d0e0f:9efb2372291d730b655478d923fba35a:0f19ce025c9678";
    private static final String OF_FREEBOARD =
            "{\"algorithm\":\"aes-256-gcm\",\"keyId\":\"v1\",\"iv\":\"AAECAwQFBgcICQoL\",\"ciphertext\":\"PCCidK6ArDm3Y//+350dH7H0+g==\",\"authTag\":\"v5LRLZLn5DIMiZgUFkoNyw==\"}";

    private final LegacyReader dbackup = reader("dbackup", "key", KEY);
    private final LegacyReader freeboard =
            reader("freeboard", "key", Base64.getEncoder().encodeToString(KEY_BYTES));

    @Test
    void values_of_both_are_read() {
        assertThat(read(dbackup, OF_DBACKUP)).isEqualTo("hunter2");
        assertThat(read(freeboard, OF_FREEBOARD)).isEqualTo("{\"token\":\"hunter2\"}");
    }

    @Test
    void what_an_independent_encryptor_writes_is_read() throws Exception {
        Random random = new Random(43);
        for (int i = 0; i < 500; i++) {
            byte[] plaintext = new byte[random.nextInt(200)];
            random.nextBytes(plaintext);
            assertThat(dbackup.read(utf8(dbackup(random, plaintext)))).isEqualTo(plaintext);
            assertThat(freeboard.read(utf8(freeboard(random, plaintext)))).isEqualTo(plaintext);
        }
    }

    @Test
    void every_change_and_every_cut_is_refused() {
        Tampering.isRefused(dbackup, utf8(OF_DBACKUP));
        // The key's id is a label that no tag vouches for.
        int id = OF_FREEBOARD.indexOf("v1");
        Tampering.isRefused(freeboard, utf8(OF_FREEBOARD), id, id + 2);
    }

    @Test
    void another_key_is_refused() {
        String other = KEY.replace("1f", "1e");
        assertThatThrownBy(() -> read(reader("dbackup", "key", other), OF_DBACKUP))
                .isInstanceOf(LegacyValueException.class);
        String otherInBase64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(other));
        assertThatThrownBy(() -> read(reader("freeboard", "key", otherInBase64), OF_FREEBOARD))
                .isInstanceOf(LegacyValueException.class);
    }

    @Test
    void a_short_tag_that_would_be_easier_to_forge_is_refused() {
        assertThatThrownBy(() -> read(freeboard, OF_FREEBOARD.replace("v5LRLZLn5DIMiZgUFkoNyw==", "v5LRLQ==")))
                .isInstanceOf(LegacyValueException.class)
                .hasMessageContaining("another length");
    }

    @Test
    void the_members_of_a_value_of_freeboard_may_come_in_another_order_and_with_spaces() {
        String reordered =
                " {\"iv\": \"AAECAwQFBgcICQoL\", \"keyId\": \"v1\", \"authTag\": \"v5LRLZLn5DIMiZgUFkoNyw==\", \"algorithm\": \"aes-256-gcm\",\n\"ciphertext\": \"PCCidK6ArDm3Y\\/\\/+350dH7H0+g==\"} ";
        assertThat(freeboard.recognises(utf8(reordered))).isTrue();
        assertThat(read(freeboard, reordered)).isEqualTo("{\"token\":\"hunter2\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "hunter2",
                "{\"token\":\"hunter2\"}",
                "{\"algorithm\":\"aes-256-cbc\"}",
                "[\"aes-256-gcm\",\"authTag\"]"
            })
    void other_text_has_freeboard_s_mark_no_more_than_dbackup_s_form(String text) {
        assertThat(freeboard.recognises(utf8(text))).isFalse();
        assertThatThrownBy(() -> read(freeboard, text)).isInstanceOf(LegacyValueException.class);
        assertThatThrownBy(() -> read(dbackup, text)).isInstanceOf(LegacyValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"algorithm\":\"aes-256-gcm\"}",
                "{\"algorithm\":\"aes-256-gcm\",\"keyId\":\"v1\",\"iv\":\"AAECAwQFBgcICQoL\",\"ciphertext\":\"PCCi",
                "{\"algorithm\":\"aes-256-gcm\",\"authTag\":\"v5LR",
                "{\"algorithm\":\"aes-256-gcm\",\"keyId\":1,\"iv\":\"\",\"ciphertext\":\"\",\"authTag\":\"\"}",
                "{\"algorithm\":\"aes-256-gcm\",\"keyId\":\"\",\"iv\":\"\",\"ciphertext\":\"\",\"authTag\":\"\",\"more\":\"\"}",
                "{\"algorithm\":\"aes-256-gcm\",\"algorithm\":\"aes-256-gcm\",\"authTag\":\"\"}",
            })
    void a_damaged_value_of_freeboard_keeps_its_mark_and_is_an_error(String text) {
        assertThat(freeboard.recognises(utf8(text))).isTrue();
        assertThatThrownBy(() -> read(freeboard, text)).isInstanceOf(LegacyValueException.class);
    }

    @Test
    void they_say_how_they_know_their_values() {
        assertThat(dbackup.claim()).isEqualTo(LegacyReader.Claim.EVERYTHING);
        assertThat(freeboard.claim()).isEqualTo(LegacyReader.Claim.MARKED);
        assertThat(freeboard.recognises(utf8(OF_FREEBOARD))).isTrue();
        assertThat(dbackup.authenticated()).isTrue();
        assertThat(freeboard.authenticated()).isTrue();
        assertThat(freeboard.recognises(OF_FREEBOARD.getBytes(java.nio.charset.StandardCharsets.UTF_16BE)))
                .isFalse();
    }

    @Test
    void what_is_no_key_is_refused_and_not_shown() {
        assertThatThrownBy(() -> reader("dbackup", "key", KEY.substring(2)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The property cipherfield.legacy.dbackup.old.key is no key of DBackup's."
                        + " Copy its ENCRYPTION_KEY whole: 64 hexadecimal digits.");
        assertThatThrownBy(() -> reader("freeboard", "key", KEY))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The property cipherfield.legacy.freeboard.old.key is no key of Freeboard's."
                        + " Copy its CREDENTIAL_ENCRYPTION_KEY whole: 32 bytes in base64, 44 characters.");
    }

    private static String dbackup(Random random, byte[] plaintext) throws Exception {
        byte[] iv = new byte[16];
        random.nextBytes(iv);
        byte[] sealed = sealed(iv, plaintext);
        HexFormat hex = HexFormat.of();
        return hex.formatHex(iv) + ":" + hex.formatHex(sealed, plaintext.length, sealed.length) + ":"
                + hex.formatHex(sealed, 0, plaintext.length);
    }

    private static String freeboard(Random random, byte[] plaintext) throws Exception {
        byte[] iv = new byte[12];
        random.nextBytes(iv);
        byte[] sealed = sealed(iv, plaintext);
        Base64.Encoder base64 = Base64.getEncoder();
        return "{\"algorithm\":\"aes-256-gcm\",\"keyId\":\"v1\",\"iv\":\"" + base64.encodeToString(iv)
                + "\",\"ciphertext\":\"" + base64.encodeToString(Arrays.copyOf(sealed, plaintext.length))
                + "\",\"authTag\":\""
                + base64.encodeToString(Arrays.copyOfRange(sealed, plaintext.length, sealed.length)) + "\"}";
    }

    private static byte[] sealed(byte[] iv, byte[] plaintext) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY_BYTES, "AES"), new GCMParameterSpec(128, iv));
        return cipher.doFinal(plaintext);
    }
}
