package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.jasypt.iv.NoIvGenerator;
import org.jasypt.iv.RandomIvGenerator;
import org.jasypt.salt.ZeroSaltGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JasyptKeyTextTest {

    private static final CipherKey KEY = CipherKey.parse("fOxVgzlbpHtQadybcraqlhHedkAIoXDET5nWaJ5nyrc=");
    private static final CipherKey OLD = CipherKey.parse("k1tKCjt7mDPhOvgvbp14eKczPBGMABC8wr2zv1RrPc0=");
    private static final String PASSWORD = "of jasypt: hunter2";

    private final Map<String, String> environment = new HashMap<>();

    private Keyring keyring() {
        return Keyring.from(SettingSource.environment(environment));
    }

    /** As jasypt-spring-boot 3 encrypts if it is told nothing but the password. */
    private static StandardPBEStringEncryptor encryptor() {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword(PASSWORD);
        encryptor.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
        encryptor.setIvGenerator(new RandomIvGenerator());
        return encryptor;
    }

    private static String enc(CipherKey key) {
        return "ENC(" + encryptor().encrypt(key.toBase64()) + ")";
    }

    @Test
    void keys_in_ENC_are_decrypted_wherever_keys_may_stand(@TempDir Path directory) throws Exception {
        environment.put("JASYPT_ENCRYPTOR_PASSWORD", PASSWORD);
        environment.put("CIPHERFIELD_KEY", " " + enc(KEY) + "\n");
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", enc(OLD) + "," + enc(KEY));
        assertThat(keyring().keys()).containsExactly(KEY, OLD);

        environment.remove("CIPHERFIELD_KEY");
        environment.put(
                "CIPHERFIELD_KEY_FILE",
                Files.writeString(directory.resolve("key"), enc(KEY)).toString());
        environment.remove("CIPHERFIELD_DECRYPT_ONLY_KEYS");
        environment.put(
                "CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE",
                Files.writeString(directory.resolve("old"), "# old\n" + enc(OLD) + "\n" + KEY.toBase64())
                        .toString());
        assertThat(keyring().keys()).containsExactly(KEY, OLD);
    }

    @Test
    void the_password_may_come_from_a_file(@TempDir Path directory) throws Exception {
        environment.put(
                "JASYPT_ENCRYPTOR_PASSWORD_FILE",
                Files.writeString(directory.resolve("password"), PASSWORD + "\n")
                        .toString());
        environment.put("CIPHERFIELD_KEY", enc(KEY));
        assertThat(keyring().primary()).isEqualTo(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "jasypt.encryptor.key-obtention-iterations, jasypt.encryptor.salt-generator-classname, jasypt.encryptor.iv-generator-classname, jasypt.encryptor.string-output-type",
        "jasypt.encryptor.keyObtentionIterations, jasypt.encryptor.saltGeneratorClassname, jasypt.encryptor.ivGeneratorClassname, jasypt.encryptor.stringOutputType",
        "JASYPT_ENCRYPTOR_KEY_OBTENTION_ITERATIONS, JASYPT_ENCRYPTOR_SALT_GENERATOR_CLASSNAME, JASYPT_ENCRYPTOR_IV_GENERATOR_CLASSNAME, JASYPT_ENCRYPTOR_STRING_OUTPUT_TYPE",
        "JASYPT_ENCRYPTOR_KEYOBTENTIONITERATIONS, JASYPT_ENCRYPTOR_SALTGENERATORCLASSNAME, JASYPT_ENCRYPTOR_IVGENERATORCLASSNAME, JASYPT_ENCRYPTOR_STRINGOUTPUTTYPE",
    })
    void the_other_settings_are_those_of_jasypt_spring_boot_in_each_spelling(
            String iterations, String salt, String iv, String output) {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword(PASSWORD);
        // Not with triple DES, by which a JDK 25 encrypts under no salt of zeros.
        encryptor.setAlgorithm("PBEWithMD5AndDES");
        encryptor.setKeyObtentionIterations(17);
        encryptor.setSaltGenerator(new ZeroSaltGenerator());
        encryptor.setIvGenerator(new NoIvGenerator());
        encryptor.setStringOutputType("hexadecimal");
        Map<String, String> settings = new HashMap<>(Map.of(
                "jasypt.encryptor.password",
                PASSWORD,
                "jasypt.encryptor.algorithm",
                "PBEWithMD5AndDES",
                "JASYPT_ENCRYPTOR_PASSWORD",
                PASSWORD,
                "JASYPT_ENCRYPTOR_ALGORITHM",
                "PBEWithMD5AndDES",
                iterations,
                "17",
                salt,
                "org.jasypt.salt.ZeroSaltGenerator",
                iv,
                "org.jasypt.iv.NoIvGenerator",
                output,
                "hexadecimal"));
        settings.put("cipherfield.key", "ENC(" + encryptor.encrypt(KEY.toBase64()) + ")");
        assertThat(Keyring.from(SettingSource.properties(settings).orElse(SettingSource.environment(settings)))
                        .primary())
                .isEqualTo(KEY);
    }

    @Test
    void without_a_password_it_says_what_to_set() {
        environment.put("CIPHERFIELD_KEY", enc(KEY));
        assertRefused("The environment variable CIPHERFIELD_KEY is ENC(…), and there is no password to decrypt it with."
                + " Set the environment variable JASYPT_ENCRYPTOR_PASSWORD (jasypt.encryptor.password), or"
                + " JASYPT_ENCRYPTOR_PASSWORD_FILE to a file that holds it; or set the key itself.");
    }

    @Test
    void another_password_is_refused() {
        environment.put("CIPHERFIELD_KEY", enc(KEY));
        environment.put("JASYPT_ENCRYPTOR_PASSWORD", PASSWORD + "!");
        assertRefused("The environment variable CIPHERFIELD_KEY is ENC(…), which Jasypt does not decrypt");
    }

    @Test
    void a_damaged_key_is_refused() {
        environment.put("JASYPT_ENCRYPTOR_PASSWORD", PASSWORD);
        String whole = enc(KEY);
        environment.put("CIPHERFIELD_KEY", whole.substring(0, whole.length() - 1));
        assertRefused("starts with ENC( and does not end with a bracket");
        environment.put("CIPHERFIELD_KEY", "ENC(" + whole + ")");
        assertRefused("with something in it that is not base64");
        environment.put("CIPHERFIELD_KEY", "ENC()");
        assertRefused("which Jasypt does not decrypt");
    }

    @Test
    void what_comes_out_is_checked_as_a_key_and_not_shown() {
        environment.put("JASYPT_ENCRYPTOR_PASSWORD", PASSWORD);
        environment.put("CIPHERFIELD_KEY", "ENC(" + encryptor().encrypt("hidden") + ")");
        assertThatThrownBy(this::keyring)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The environment variable CIPHERFIELD_KEY")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SALT_GENERATOR_CLASSNAME",
                "IV_GENERATOR_CLASSNAME",
                "STRING_OUTPUT_TYPE",
                "KEY_OBTENTION_ITERATIONS",
                "ALGORITHM",
                "PROVIDER_NAME"
            })
    void a_setting_that_cannot_be_is_refused(String setting) {
        environment.put("JASYPT_ENCRYPTOR_PASSWORD", PASSWORD);
        environment.put("CIPHERFIELD_KEY", enc(KEY));
        environment.put("JASYPT_ENCRYPTOR_" + setting, "org.example.Nothing");
        assertRefused("jasypt.encryptor");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::keyring)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(PASSWORD)
                .hasMessageNotContaining(KEY.toBase64());
    }

    /** Loads the key ring as an application would. */
    static final class Application {
        public static void main(String[] arguments) {
            try {
                System.out.println(Keyring.from(SettingSource.systemProperties()
                                .orElse(SettingSource.properties(Map.of("cipherfield.key", enc))))
                        .primary());
            } catch (ConfigurationException e) {
                System.out.println(e.getMessage());
            }
        }

        private static final String enc = "ENC(AAAA)";
    }

    @Test
    void the_password_on_the_command_line_is_refused_and_without_jasypt_its_coordinates_are_named(
            @TempDir Path directory) throws Exception {
        assertThat(run("-Djasypt.encryptor.password=" + PASSWORD))
                .contains("A secret is given on the command line (jasypt.encryptor.password)")
                .doesNotContain(PASSWORD);
        Path file = Files.writeString(directory.resolve("password"), PASSWORD);
        assertThat(run("-Djasypt.encryptor.password-file=" + file))
                .contains("is ENC(…), and Jasypt is not on the class path. Add the dependency org.jasypt:jasypt:1.9.3");
    }

    private static String run(String option) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jasypt-1"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                option,
                "-cp",
                classPath,
                Application.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
