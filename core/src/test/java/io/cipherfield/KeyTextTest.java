package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    private static final byte[] SECRET =
            HexFormat.of().parseHex("8f1d0c5be2a79364f7c8d9eab0112233445566778899aabbccddeeff00fb3efc");
    private static final String BASE64 = Base64.getEncoder().encodeToString(SECRET);
    private static final CipherKey KEY = CipherKey.of(SECRET);

    @Test
    void a_key_is_read_from_base64_base64url_and_hex_with_white_space_around_it() {
        String url = Base64.getUrlEncoder().encodeToString(SECRET);
        assertThat(BASE64).contains("+").isNotEqualTo(url);
        String hex = HexFormat.of().formatHex(SECRET);
        for (String text : new String[] {
            BASE64,
            BASE64.replace("=", ""),
            url,
            url.replace("=", ""),
            hex,
            hex.toUpperCase(),
            "0x" + hex,
            " \t" + BASE64 + "\r\n"
        }) {
            assertThat(CipherKey.parse(text)).isEqualTo(KEY);
        }
    }

    @Test
    void random_keys_survive_base64_also_those_that_start_with_a_slash_or_look_like_hex() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            secret[0] = i % 3 == 0 ? (byte) 0xFC : secret[0];
            CipherKey key = CipherKey.of(secret);
            assertThat(CipherKey.parse(key.toBase64())).isEqualTo(key);
        }
        String onlyHexDigits = "a".repeat(20) + "b".repeat(22) + "A";
        assertThat(CipherKey.parse(onlyHexDigits).toBase64()).isEqualTo(onlyHexDigits + "=");
    }

    @Test
    void a_passphrase_is_stretched_by_pbkdf2_and_says_that_it_is_one() {
        // Python: hashlib.pbkdf2_hmac('sha512', text, salt, 1000000, 32)
        CipherKey key = CipherKey.parse("passphrase:example.org:correct horse: battery ståple");
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(key.toBase64())))
                .isEqualTo("1dbd6fabddff67a01588a60d3720e636955146c31488c4094a4bc933932444a2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n"})
    void an_empty_text_is_named(String text) {
        assertRefused(text, "The key is set, but empty. Generate a key with: openssl rand -base64 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "'%s'", "'%s", "%s\"", "\u201c%s\u201d", "`%s`"})
    void quotes_that_a_shell_left_are_named(String pattern) {
        assertRefused(
                pattern.formatted(BASE64),
                "The key starts or ends with a quotation mark that a shell or an .env file left in it. Remove the quotation marks: they are not part of the key.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/run/secrets/cipherfield",
                "./key.txt",
                "~/key",
                "C:\\keys\\cipherfield",
                "file:/etc/key",
                "cipherfield.key",
                "../a",
                "/etc/a-name-of-forty-three-characters-or-so-/x"
            })
    void a_path_in_the_place_of_a_key_is_named(String path) {
        assertRefused(
                path,
                "The key looks like the path of a file, where the key itself belongs. Set CIPHERFIELD_KEY_FILE (or cipherfield.key-file) to the path instead, or CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE for keys that only decrypt.");
    }

    @Test
    void a_value_one_character_short_is_named() {
        String expected =
                "The key is one character short: it was cut when it was copied. Copy it again, whole: 43 characters and, perhaps, a '=' at the end.";
        assertRefused(BASE64.substring(0, 42), expected);
        assertRefused(BASE64.substring(1), expected);
        assertRefused("/" + BASE64.substring(2).replace('/', '_'), expected);
        assertRefused("/" + BASE64.substring(2, 20) + "/" + BASE64.substring(21), expected);
    }

    @Test
    void a_changed_last_character_is_named() {
        assertRefused(
                BASE64.substring(0, 42) + "9=",
                "The key is damaged base64: its last character cannot be right. Copy it again, whole: 43 characters and, perhaps, a '=' at the end.");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 31, 33, 48, 64})
    void another_count_of_bytes_is_named(int length) {
        String text =
                Base64.getEncoder().encodeToString(Arrays.copyOf(SECRET.length < length ? concat() : SECRET, length));
        assertRefused(
                text,
                "The key is " + length
                        + " bytes in base64; a key is 32. Check that it was copied whole, and that it is a key for this library. Generate a key with: openssl rand -base64 32");
    }

    private static byte[] concat() {
        byte[] twice = Arrays.copyOf(SECRET, 64);
        System.arraycopy(SECRET, 0, twice, 32, 32);
        return twice;
    }

    @Test
    void an_impossible_count_of_characters_is_named() {
        assertRefused(
                BASE64.substring(0, 41),
                "The key has 41 characters of base64; a key has 43 and, perhaps, a '=' at the end. Check that it was copied whole. Generate a key with: openssl rand -base64 32");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 32, 62, 63, 65, 66, 128})
    void another_count_of_hexadecimal_digits_is_named(int digits) {
        String text = HexFormat.of().formatHex(concat()).substring(0, digits);
        for (String prefix : new String[] {"", "0x"}) {
            assertRefused(
                    prefix + text,
                    "The key has " + digits
                            + " hexadecimal digits; a key has 64, that is 32 bytes. Check that it was copied whole. Generate a key with: openssl rand -base64 32");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery staple", "changeme!", "<your key here>", "\uFEFFabc", "a=b"})
    void a_text_that_is_no_key_at_all_is_named(String text) {
        assertRefused(
                text,
                "The key is no key: it holds characters that neither base64 nor hexadecimal has. A key is 32 bytes in base64 (44 characters), or 64 hexadecimal digits; a passphrase must say that it is one: passphrase:<salt>:<text>. Generate a key with: openssl rand -base64 32");
    }

    @Test
    void bytes_that_are_all_the_same_are_a_placeholder() {
        String expected =
                "The key is a placeholder: all its bytes are the same, so that anyone could guess it. Generate a key with: openssl rand -base64 32";
        assertRefused("A".repeat(43) + "=", expected);
        assertRefused("ff".repeat(32), expected);
    }

    @Test
    void a_passphrase_that_is_too_short_or_has_no_salt_is_named() {
        assertRefused(
                "passphrase:only-one-part-and-no-colon",
                "The key starts with 'passphrase:', but no salt and text follow. Write passphrase:<salt of 8 characters or more>:<text of 20 or more>.");
        assertRefused(
                "passphrase:short:a text of twenty characters",
                "The key is a passphrase whose salt has 5 characters; it needs 8. Put any text that no one else uses between the colons, the name of the installation for example.");
        assertRefused(
                "passphrase:long enough:nineteen characters",
                "The key is a passphrase of 19 characters; it needs 20. Use six random words or more, or better a random key. Generate a key with: openssl rand -base64 32");
    }

    private static void assertRefused(String text, String message) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, () -> CipherKey.parse(text));
        assertThat(e).as("refused").isNotNull();
        assertThat(e).hasMessage(message).hasNoCause();
        assertThat(e.description() + " " + e.action()).isEqualTo(message);
    }
}
