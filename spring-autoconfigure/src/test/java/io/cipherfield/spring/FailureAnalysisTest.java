package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.spring.clinic.Patient;
import io.cipherfield.spring.refused.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What a person reads when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {

    private static final String KEY = "/oXkBv7/x2Fq9mJtW4cRzP0yLsNd8GhUe3VaQ6iKbT0=";
    private static final String GENERATE = "Generate a key with: openssl rand -base64 32";

    @Test
    void a_missing_key(CapturedOutput output) {
        start(Map.of());

        assertThat(output).contains("""
                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                No encryption key is set.

                Action:

                Set the environment variable CIPHERFIELD_KEY (or CIPHERFIELD_KEY_FILE to a file that holds the key). \
                Generate a key with: openssl rand -base64 32
                """);
    }

    @Test
    void a_key_that_is_one_character_short(CapturedOutput output) {
        String secret = KEY.substring(0, 42);
        start(Map.of("cipherfield.key", secret));

        assertExplained(
                output,
                "The property cipherfield.key (from defaultProperties) is one character short: it was cut when it was"
                        + " copied.",
                "Copy it again, whole: 43 characters and, perhaps, a '=' at the end.");
        assertThat(output).doesNotContain(secret);
    }

    @Test
    void quotes_that_a_shell_left(CapturedOutput output) {
        start(Map.of("cipherfield.key", '"' + KEY + '"'));

        assertExplained(
                output,
                "The property cipherfield.key (from defaultProperties) starts or ends with a quotation mark that a shell"
                        + " or an .env file left in it.",
                "Remove the quotation marks: they are not part of the key.");
        assertThat(output).doesNotContain(KEY);
    }

    @Test
    void an_empty_key(CapturedOutput output) {
        start(Map.of("cipherfield.key", " "));

        assertExplained(output, "The property cipherfield.key (from defaultProperties) is set, but empty.", GENERATE);
    }

    @Test
    void a_placeholder_for_a_variable_that_is_not_set(CapturedOutput output) {
        start(Map.of("cipherfield.key", "${NO_SUCH_VARIABLE_OF_THE_CLINIC}"));

        assertExplained(
                output,
                "The property cipherfield.key (from defaultProperties) refers to another property by ${…}, and that one"
                        + " is not set.",
                "Set the other one, or replace the placeholder.");
    }

    @Test
    void both_key_and_key_file(CapturedOutput output) {
        start(Map.of("cipherfield.key", KEY, "cipherfield.key-file", "/run/secrets/key"));

        assertExplained(
                output,
                "The property cipherfield.key (from defaultProperties) and the property cipherfield.key-file (from"
                        + " defaultProperties) are both set, so that it is not clear which key encrypts.",
                "Keep one of them, and unset the other.");
    }

    @Test
    void a_key_file_that_does_not_exist(CapturedOutput output) {
        start(Map.of("cipherfield.key-file", "/does/not/exist"));

        assertExplained(
                output,
                "The property cipherfield.key-file (from defaultProperties) names the file /does/not/exist, which does"
                        + " not exist.",
                "Check the path, and that the secret is mounted.");
    }

    @Test
    void an_empty_key_file(CapturedOutput output, @TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("key"));
        start(Map.of("cipherfield.key-file", file.toString()));

        assertExplained(
                output,
                "The property cipherfield.key-file (from defaultProperties) names the file " + file
                        + ", which is empty.",
                "Write the key into it, and nothing else. " + GENERATE);
    }

    @Test
    void a_malformed_decrypt_only_key(CapturedOutput output) {
        start(Map.of("cipherfield.key", KEY, "cipherfield.decrypt-only-keys", KEY + ",hunter2!"));

        assertExplained(
                output,
                "Entry 2 of 2 of the property cipherfield.decrypt-only-keys (from defaultProperties) is no key: it holds"
                        + " characters that neither base64 nor hexadecimal has.",
                "A key is 32 bytes in base64 (44 characters), or 64 hexadecimal digits; a passphrase must say that it is"
                        + " one: passphrase:<salt>:<text>. " + GENERATE);
        assertThat(output).doesNotContain("hunter2").doesNotContain(KEY);
    }

    @Test
    void a_value_that_a_setting_cannot_have(CapturedOutput output) {
        start(Map.of("cipherfield.key", KEY, "cipherfield.startup-check", "perhaps"));

        assertExplained(
                output,
                "The property cipherfield.startup-check (from defaultProperties) has a value that it cannot have.",
                "Set one of [fail, warn, off], or leave it out for fail.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cipherfield.key=",
                "--cipherfield.KEY=",
                "--CIPHERFIELD_KEY=",
                "--cipherfield.decrypt-only-keys=",
                "--cipherfield.decryptOnlyKeys=",
                "--cipherfield.decrypt-only-keys[0]="
            })
    void a_key_on_the_command_line(String argument, CapturedOutput output) {
        start(Map.of(), argument + KEY);

        assertThat(output)
                .contains("A key is given on the command line (cipherfield.")
                .contains("), where every user of this machine can see it.")
                .contains("Treat that key as known to others: generate a new one, set it as the environment variable"
                        + " CIPHERFIELD_")
                .doesNotContain(KEY);
    }

    @Test
    void a_secret_of_a_legacy_reader_on_the_command_line(CapturedOutput output) {
        start(Map.of(), "--cipherfield.legacy.jasypt.old.password=" + KEY);

        assertThat(output)
                .contains("A secret is given on the command line (cipherfield.legacy.jasypt.old.password)")
                .contains("CIPHERFIELD_LEGACY_JASYPT_OLD_PASSWORD")
                .doesNotContain(KEY);
    }

    @Test
    void a_key_in_json_on_the_command_line(CapturedOutput output) {
        start(Map.of(), "--spring.application.json={\"cipherfield\":{\"key\":\"" + KEY + "\"}}");

        assertThat(output)
                .contains("A key is given on the command line (cipherfield.key), where every user")
                .doesNotContain(KEY);
    }

    @Test
    void a_mapping_that_is_refused(CapturedOutput output) {
        start(RefusedEntities.class, Map.of("cipherfield.key", KEY));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .containsPattern("Description:\n\nThe attribute \\S*Account\\.number cannot be encrypted: ")
                .contains("\n\nAction:\n\n");
    }

    @Test
    void a_key_on_the_command_line_is_refused_also_where_nothing_is_encrypted(CapturedOutput output) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--cipherfield.key=" + KEY)).hasMessageNotContaining(KEY);
        assertThat(output).contains("A key is given on the command line (cipherfield.key)");
    }

    private static void assertExplained(CapturedOutput output, String description, String action) {
        assertThat(output)
                .contains("APPLICATION FAILED TO START\n***************************\n\nDescription:\n\n" + description
                        + "\n\nAction:\n\n" + action + "\n");
    }

    private static void start(Map<String, Object> properties, String... arguments) {
        start(EncryptedEntities.class, properties, arguments);
    }

    private static void start(Class<?> source, Map<String, Object> properties, String... arguments) {
        SpringApplication application = new SpringApplication(source);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(properties);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.datasource.generate-unique-name=true");
        assertThatThrownBy(() -> application.run(all.toArray(String[]::new)).close())
                .isNotNull();
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = Patient.class)
    static class EncryptedEntities {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = Account.class)
    static class RefusedEntities {}
}
