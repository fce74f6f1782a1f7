package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringLoaderTest {

    private final CipherKey key = CipherKey.parse("wJJcvDsruRDDzNG0SeWn1Wyz9myuelbGd7Kmf3QBZyk=");
    private final CipherKey old = CipherKey.parse("IoEm8DFNwY6PmuNbqBt9Qo0usQtpOtQOTwKnaummmHg=");
    private final CipherKey older = CipherKey.parse("7SEwHvaSq9St3ulAoI2dGrnWtg51uPR8MN7TSPk71s8=");
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = directory.resolve("key.txt");
    }

    private Keyring load() {
        return KeyringLoader.load(SettingSource.environment(environment));
    }

    private void write(String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message)
                .message()
                .doesNotContain(key.toBase64().substring(0, 12), old.toBase64().substring(0, 12));
    }

    @Test
    void no_key_at_all_is_refused_with_the_way_to_set_one() {
        assertRefused(
                "No encryption key is set. Set the environment variable CIPHERFIELD_KEY (or CIPHERFIELD_KEY_FILE to a file that holds the key). Generate a key with: openssl rand -base64 32");
    }

    @Test
    void a_key_comes_from_the_environment() {
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        assertThat(load().keys()).containsExactly(key);
    }

    @Test
    void keys_that_only_decrypt_come_from_a_list_and_a_file() {
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", old.toBase64() + " , " + key.toBase64());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE", file.toString());
        write("# last year's\r\n\r\n  " + older.toBase64() + "\r\n" + old.toBase64() + "\n");
        assertThat(load().keys()).containsExactly(key, old, older);
        assertThat(load().notices()).hasSize(2);
    }

    @Test
    void a_key_comes_from_a_file_with_comments_white_space_and_a_byte_order_mark() {
        environment.put("CIPHERFIELD_KEY_FILE", " " + file + "\n");
        write("\uFEFF" + key.toBase64() + "\n\n");
        assertThat(load().primary()).isEqualTo(key);
    }

    @Test
    void a_passphrase_may_stand_in_a_file() {
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        write("passphrase:example.org:commas, colons: all of it counts");
        assertThat(load().primary())
                .isEqualTo(CipherKey.parse("passphrase:example.org:commas, colons: all of it counts"));
    }

    @Test
    void an_empty_list_is_no_list() {
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", "  ");
        assertThat(load().keys()).containsExactly(key);
    }

    @Test
    void key_and_key_file_at_once_are_refused() {
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        assertRefused(
                "The environment variable CIPHERFIELD_KEY and the environment variable CIPHERFIELD_KEY_FILE are both set, so that it is not clear which key encrypts. Keep one of them, and unset the other.");
    }

    @Test
    void an_empty_key_is_refused() {
        environment.put("CIPHERFIELD_KEY", "");
        assertRefused(
                "The environment variable CIPHERFIELD_KEY is set, but empty. Generate a key with: openssl rand -base64 32");
    }

    @Test
    void a_wrong_key_names_where_it_came_from() {
        environment.put("CIPHERFIELD_KEY", key.toBase64() + key.toBase64().charAt(3) + "!");
        assertThatThrownBy(this::load).hasMessageStartingWith("The environment variable CIPHERFIELD_KEY is no key: ");
        environment.clear();
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        write("secret secret secret");
        assertThatThrownBy(this::load)
                .hasMessageStartingWith(
                        "The environment variable CIPHERFIELD_KEY_FILE names a file whose content is no key: ")
                .hasMessageNotContaining("secret");
        write("ab".repeat(31));
        assertThatThrownBy(this::load)
                .hasMessageStartingWith(
                        "The environment variable CIPHERFIELD_KEY_FILE names a file whose content has 62 hexadecimal digits");
    }

    @Test
    void a_file_that_does_not_exist_is_refused() {
        Path missing = Path.of("/run/secrets/no-such-key");
        environment.put("CIPHERFIELD_KEY_FILE", missing.toString());
        assertRefused(
                "The environment variable CIPHERFIELD_KEY_FILE names the file /run/secrets/no-such-key, which does not exist. Check the path, and that the secret is mounted.");
    }

    @Test
    void an_empty_file_is_refused() {
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        write("  \n# only a comment\n");
        assertRefused(
                "The environment variable CIPHERFIELD_KEY_FILE names the file " + file
                        + ", which is empty. Write the key into it, and nothing else. Generate a key with: openssl rand -base64 32");
    }

    @Test
    void an_empty_setting_is_taken_for_an_unset_one_where_another_gives_the_key() {
        environment.put("CIPHERFIELD_KEY", " ");
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE", "");
        write(key.toBase64());
        assertThat(load().keys()).containsExactly(key);
        environment.put("CIPHERFIELD_KEY", old.toBase64());
        environment.put("CIPHERFIELD_KEY_FILE", "");
        assertThat(load().keys()).containsExactly(old);
        environment.remove("CIPHERFIELD_KEY");
        assertThatThrownBy(this::load).hasMessageStartingWith("No encryption key is set.");
    }

    @Test
    void a_directory_is_refused() {
        environment.put("CIPHERFIELD_KEY_FILE", directory.toString());
        assertRefused("The environment variable CIPHERFIELD_KEY_FILE names the file " + directory
                + ", which is a directory. Name the file inside it that holds the key.");
    }

    @Test
    void an_unreadable_file_is_refused() throws IOException {
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        write(key.toBase64());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file), "root reads every file");
        assertRefused(
                "The environment variable CIPHERFIELD_KEY_FILE names the file " + file
                        + ", which cannot be read (AccessDeniedException). Check its permissions: the user that runs this process must be able to read it.");
    }

    /** Root may read every file, but nobody may read a process's memory from address 0. */
    @Test
    void a_file_that_fails_to_be_read_is_refused() {
        Path memory = Path.of("/proc/self/mem");
        Assumptions.assumeTrue(Files.exists(memory), "Linux only");
        environment.put("CIPHERFIELD_KEY_FILE", memory.toString());
        assertRefused(
                "The environment variable CIPHERFIELD_KEY_FILE names the file /proc/self/mem, which cannot be read (IOException). Check its permissions: the user that runs this process must be able to read it.");
    }

    @Test
    void a_file_too_large_for_keys_is_refused() {
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        write("a".repeat(65 * 1024));
        assertRefused("The environment variable CIPHERFIELD_KEY_FILE names the file " + file
                + ", which is larger than 64 KiB and so no key file. Name the file that holds the key.");
    }

    @Test
    void two_keys_in_the_file_of_the_one_that_encrypts_are_refused() {
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        write(key.toBase64() + "\n" + old.toBase64());
        assertRefused(
                "The environment variable CIPHERFIELD_KEY_FILE names a file that holds 2 keys, and only one key can encrypt. Leave the key that encrypts in it, and move the others to the file that CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE names.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\"%s\"", "'%s'", "%s,%s", " %s ", "key=%s", "passphrase:abc:%s"})
    void a_key_in_the_place_of_a_file_is_refused_and_not_shown(String pattern) {
        for (String setting : new String[] {"CIPHERFIELD_KEY_FILE", "CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE"}) {
            environment.clear();
            if (!setting.equals("CIPHERFIELD_KEY_FILE")) {
                environment.put("CIPHERFIELD_KEY", old.toBase64());
            }
            environment.put(setting, pattern.formatted(key.toBase64(), old.toBase64()));
            assertRefused(
                    "The environment variable " + setting
                            + " names no file that exists, and may hold a key where the path of a file belongs. If it is a key, set CIPHERFIELD_KEY or CIPHERFIELD_DECRYPT_ONLY_KEYS to it; if it is a path, check it, and that the secret is mounted.");
        }
    }

    @Test
    void no_cut_of_a_key_in_the_place_of_a_file_is_shown() {
        Random random = new Random(12);
        for (int i = 0; i < 200; i++) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            String text = CipherKey.of(secret).toBase64();
            String cut = text.substring(i % 4, 44 - i % 9);
            environment.put("CIPHERFIELD_KEY_FILE", cut);
            assertThatThrownBy(this::load).message().doesNotContain(cut.substring(0, 10));
        }
    }

    @Test
    void a_null_character_in_a_path_is_refused() {
        environment.put("CIPHERFIELD_KEY_FILE", "/run/\0key");
        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no valid path");
    }

    @Test
    void an_empty_entry_of_a_list_is_refused() {
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", old.toBase64() + ",");
        assertRefused(
                "Entry 2 of 2 of the environment variable CIPHERFIELD_DECRYPT_ONLY_KEYS is empty, perhaps a variable that was not set. Remove the comma, or put the missing key there.");
    }

    @Test
    void a_wrong_entry_of_a_list_or_a_file_is_named_by_its_place() {
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        environment.put(
                "CIPHERFIELD_DECRYPT_ONLY_KEYS",
                old.toBase64() + ", " + older.toBase64().substring(2));
        assertThatThrownBy(this::load)
                .hasMessageStartingWith("Entry 2 of 2 of the environment variable CIPHERFIELD_DECRYPT_ONLY_KEYS ");
        environment.remove("CIPHERFIELD_DECRYPT_ONLY_KEYS");
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE", file.toString());
        write(old.toBase64() + "\n'" + older.toBase64() + "'");
        assertThatThrownBy(this::load)
                .hasMessageStartingWith(
                        "Key 2 of 2 in the file that the environment variable CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE names starts or ends with a quotation mark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passphrase:example.org:twenty characters, or more",
                "%s,passphrase:example.org:twenty characters",
                "%s, passphrase:example.org:twenty characters"
            })
    void a_passphrase_in_a_list_is_refused(String list) {
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", list.formatted(old.toBase64()));
        assertRefused(
                "The environment variable CIPHERFIELD_DECRYPT_ONLY_KEYS holds a passphrase, which may itself hold commas. Put passphrases, one a line, into a file that CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE names.");
    }

    @Test
    void a_source_is_asked_before_the_next_one_and_null_values_are_absent() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("cipherfield.key", key.toBase64());
        properties.put("cipherfield.decrypt-only-keys", null);
        environment.put("CIPHERFIELD_KEY", old.toBase64());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", older.toBase64());
        Keyring keyring =
                KeyringLoader.load(SettingSource.properties(properties).orElse(SettingSource.environment(environment)));
        assertThat(keyring.keys()).containsExactly(key, older);
    }

    @Test
    void a_key_file_of_another_charset_is_an_error_and_no_crash() throws IOException {
        environment.put("CIPHERFIELD_KEY_FILE", file.toString());
        Files.write(file, key.toBase64().getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(this::load).isInstanceOf(ConfigurationException.class);
    }
}
