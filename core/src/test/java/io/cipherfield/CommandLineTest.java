package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private static final CipherKey KEY = CipherKey.parse("fOxVgzlbpHtQadybcraqlhHedkAIoXDET5nWaJ5nyrc=");

    @ParameterizedTest
    @CsvSource({
        "-Dcipherfield.key=, cipherfield.key, CIPHERFIELD_KEY",
        "--cipherfield.key=, cipherfield.key, CIPHERFIELD_KEY",
        "--CIPHERFIELD_KEY=, cipherfield.key, CIPHERFIELD_KEY",
        "-Dcipherfield.decrypt-only-keys=, cipherfield.decrypt-only-keys, CIPHERFIELD_DECRYPT_ONLY_KEYS",
        "--cipherfield.decryptOnlyKeys=, cipherfield.decrypt-only-keys, CIPHERFIELD_DECRYPT_ONLY_KEYS",
        "--cipherfield.decrypt-only-keys[0]=, cipherfield.decrypt-only-keys, CIPHERFIELD_DECRYPT_ONLY_KEYS",
    })
    void a_key_among_the_arguments_is_refused(String prefix, String property, String variable) {
        String[] arguments = {"-Xmx1g", "Main", prefix + KEY.toBase64()};
        assertThatThrownBy(() -> CommandLine.refuseKeys(arguments))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("A key is given on the command line (" + property
                        + "), where every user of this machine can see it. Treat that key as known to others: generate a new one, set it as the environment variable "
                        + variable + " or in a file, and rotate.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dcipherfield.key-file=/run/key",
                "--cipherfield.suite=aes-siv",
                "cipherfield.key=not an option",
                "-Dother=1",
                "--",
                "-",
                "",
                "-Dcipherfield.decrypt-only-keys-file=x"
            })
    void other_arguments_are_nobody_s_business(String argument) {
        assertThatCode(() -> CommandLine.refuseKeys(new String[] {argument})).doesNotThrowAnyException();
    }

    /** Loads the key ring as an application would. */
    static final class Application {
        public static void main(String[] arguments) {
            try {
                System.out.println(Keyring.from(SettingSource.systemProperties()
                        .orElse(SettingSource.properties(java.util.Map.of("cipherfield.key", "7".repeat(63) + "0")))));
            } catch (ConfigurationException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void a_process_that_was_given_a_key_does_not_start_also_with_a_class_path_beyond_a_page() throws Exception {
        String longPath = File.pathSeparator + "/" + "x".repeat(5000);
        for (String classPath : List.of("", longPath)) {
            assertThat(run(classPath, "-Dcipherfield.key=" + KEY.toBase64(), null))
                    .contains("A key is given on the command line")
                    .doesNotContain(KEY.toBase64());
            assertThat(run(classPath, "-Da=b", "--cipherfield.key=" + KEY.toBase64()))
                    .contains("A key is given on the command line");
            assertThat(run(classPath, "-Da=b", null)).contains("Keyring[primary=");
        }
    }

    private static String run(String classPath, String option, String argument) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                option,
                "-cp",
                System.getProperty("java.class.path") + classPath,
                Application.class.getName()));
        if (argument != null) {
            command.add(argument);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }
}
