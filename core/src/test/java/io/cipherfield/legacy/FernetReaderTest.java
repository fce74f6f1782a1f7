package io.cipherfield.legacy;

import static io.cipherfield.legacy.Configured.read;
import static io.cipherfield.legacy.Configured.reader;
import static io.cipherfield.legacy.Configured.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FernetReaderTest {

    /** github.com/fernet/spec, verify.json. */
    private static final String SPECIFIED_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

    private static final String SPECIFIED_TOKEN =
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

    private static final String SECRET = "old_secret_value";
    private static final String OF_REDASH =
            "gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD5l568HJbc7CNQOX0P0baEYGbe0yFT6twguUAubbCDmhjzTt-UmVAyDkP0hi3E_Y6RNfOdi9V8fHxmY0nlDG2xtkpCQKVYfyEdZkV-kU_ROI";
    private static final String PLAINTEXT = "{\"dbname\": \"db\", \"password\": \"hunter2\"}";

    private final LegacyReader fernet = reader("fernet", "key", SPECIFIED_KEY);
    private final LegacyReader redash = reader("redash", "secret", SECRET);

    @Test
    void the_token_of_the_specification_is_read() {
        assertThat(read(fernet, SPECIFIED_TOKEN)).isEqualTo("hello");
        assertThat(read(fernet, SPECIFIED_TOKEN.replace("=", ""))).isEqualTo("hello");
    }

    @Test
    void a_value_of_redash_is_read_with_its_secret_or_with_the_key_that_it_makes_of_it() throws Exception {
        assertThat(read(redash, OF_REDASH)).isEqualTo(PLAINTEXT);
        String key = Base64.getUrlEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(utf8(SECRET)));
        assertThat(read(reader("fernet", "key", key), OF_REDASH)).isEqualTo(PLAINTEXT);
    }

    @Test
    void what_an_independent_encryptor_writes_is_read() throws Exception {
        Random random = new Random(41);
        for (int i = 0; i < 500; i++) {
            byte[] key = bytes(random, 32);
            byte[] plaintext = bytes(random, random.nextInt(200));
            LegacyReader reader = reader("fernet", "key", Base64.getUrlEncoder().encodeToString(key));
            byte[] token = token(key, bytes(random, 16), random.nextInt(Integer.MAX_VALUE), plaintext);
            assertThat(reader.recognises(token)).isTrue();
            assertThat(reader.read(token)).isEqualTo(plaintext);
        }
    }

    @Test
    void every_change_and_every_cut_is_refused() {
        // Some libraries leave the padding out: a token that lost it is whole.
        Tampering.isRefused(fernet, utf8(SPECIFIED_TOKEN.replace("=", "")));
        Tampering.isRefused(redash, utf8(OF_REDASH));
    }

    @Test
    void another_key_and_another_secret_are_refused() {
        assertThatThrownBy(() -> read(fernet, OF_REDASH))
                .isInstanceOf(LegacyValueException.class)
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> read(reader("redash", "secret", SECRET + "\u00a0"), OF_REDASH))
                .isInstanceOf(LegacyValueException.class);
    }

    @Test
    void a_token_is_known_by_its_mark_and_so_is_a_damaged_one() {
        assertThat(fernet.claim()).isEqualTo(LegacyReader.Claim.MARKED);
        assertThat(fernet.authenticated()).isTrue();
        assertThat(fernet.recognises(utf8(OF_REDASH))).isTrue();
        assertThat(fernet.recognises(utf8(OF_REDASH.substring(0, 40)))).isTrue();
        assertThat(fernet.recognises(utf8(OF_REDASH.replace('D', '?')))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "gAAA", "hunter2", "GAAAA", "zwFOJ9T0", "ENC(gAAAA)", " gAAAA"})
    void other_text_bears_no_mark_and_is_not_read(String text) {
        assertThat(fernet.recognises(utf8(text))).isFalse();
        assertThatThrownBy(() -> read(fernet, text)).isInstanceOf(LegacyValueException.class);
    }

    /** Another version byte, signed as a token is. */
    @Test
    void a_signed_lookalike_is_refused() throws Exception {
        byte[] key = Base64.getUrlDecoder().decode(SPECIFIED_KEY);
        byte[] token = Base64.getUrlDecoder().decode(token(key, new byte[16], 0, utf8("hello")));
        token[0] = (byte) 0x81;
        byte[] signed = Arrays.copyOf(token, token.length);
        System.arraycopy(mac(key, Arrays.copyOf(token, token.length - 32)), 0, signed, token.length - 32, 32);
        assertThatThrownBy(() -> fernet.read(Base64.getUrlEncoder().encode(signed)))
                .isInstanceOf(LegacyValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4",
                "cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=",
                "a,b"
            })
    void what_is_no_key_is_refused_and_not_shown(String key) {
        assertThatThrownBy(() -> reader("fernet", "key", key))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The property cipherfield.legacy.fernet.old.key is no Fernet key."
                                + " A Fernet key is 32 bytes in base64url, 44 characters. Copy it whole; several keys go into the option keys.");
    }

    @Test
    void of_several_keys_each_token_is_read_under_its_own(@TempDir Path directory) throws Exception {
        Random random = new Random(42);
        List<byte[]> keys = List.of(bytes(random, 32), bytes(random, 32), bytes(random, 32));
        List<String> texts =
                keys.stream().map(Base64.getUrlEncoder()::encodeToString).toList();
        Path file = Files.writeString(directory.resolve("keys"), "\n" + String.join("\r\n", texts) + "\n\n");
        for (LegacyReader reader : List.of(
                reader("fernet", "keys", String.join(" , ", texts)), reader("fernet", "keys-file", file.toString()))) {
            for (byte[] key : keys) {
                byte[] plaintext = bytes(random, 50);
                byte[] token = token(key, bytes(random, 16), 1_700_000_000, plaintext);
                assertThat(reader.read(token)).isEqualTo(plaintext);
                Tampering.isRefused(reader, utf8(new String(token, StandardCharsets.US_ASCII).replace("=", "")));
            }
            assertThatThrownBy(() -> read(reader, SPECIFIED_TOKEN))
                    .isInstanceOf(LegacyValueException.class)
                    .hasMessageContaining("another key");
        }
    }

    @Test
    void of_several_secrets_of_redash_too_and_in_a_file_they_hold_whatever_they_hold(@TempDir Path directory)
            throws Exception {
        assertThat(read(reader("redash", "secrets", "new, " + SECRET), OF_REDASH))
                .isEqualTo(PLAINTEXT);
        String odd = " # one, with commas ";
        byte[] key = MessageDigest.getInstance("SHA-256").digest(utf8(odd));
        byte[] token = token(key, new byte[16], 0, utf8("hunter2"));
        Path file = Files.writeString(directory.resolve("secrets"), odd + "\n" + SECRET + "\n");
        LegacyReader reader = reader("redash", "secrets-file", file.toString());
        assertThat(reader.read(token)).isEqualTo(utf8("hunter2"));
        assertThat(read(reader, OF_REDASH)).isEqualTo(PLAINTEXT);
    }

    @Test
    void a_list_with_a_hole_or_with_what_is_no_key_and_one_beside_a_single_key_are_refused() {
        assertThatThrownBy(() -> reader("fernet", "keys", SPECIFIED_KEY + ",,"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "Entry 2 of 3 of the property cipherfield.legacy.fernet.old.keys is empty, perhaps a variable that"
                                + " was not set. Remove the comma, or put the missing one there.");
        assertThatThrownBy(() -> reader("fernet", "keys", SPECIFIED_KEY + ",short"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "Entry 2 of 2 of the property cipherfield.legacy.fernet.old.keys is no Fernet key.");
        assertThatThrownBy(() -> reader("fernet", "keys", SPECIFIED_KEY, "key", SPECIFIED_KEY))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The property cipherfield.legacy.fernet.old.key and the option keys are both set."
                        + " Put all of them into keys, and unset the other.");
    }

    private static byte[] token(byte[] key, byte[] iv, long time, byte[] plaintext) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 16, 16, "AES"), new IvParameterSpec(iv));
        byte[] ciphertext = cipher.doFinal(plaintext);
        byte[] signed = ByteBuffer.allocate(25 + ciphertext.length)
                .put((byte) 0x80)
                .putLong(time)
                .put(iv)
                .put(ciphertext)
                .array();
        return Base64.getUrlEncoder()
                .encode(ByteBuffer.allocate(signed.length + 32)
                        .put(signed)
                        .put(mac(key, signed))
                        .array());
    }

    private static byte[] mac(byte[] key, byte[] signed) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, 0, 16, "HmacSHA256"));
        return mac.doFinal(signed);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
