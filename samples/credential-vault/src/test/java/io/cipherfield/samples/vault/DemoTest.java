package io.cipherfield.samples.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    private Path folder;

    @Test
    void it_shows_both_sides_and_a_rotation_whatever_the_environment_holds() throws Exception {
        Map<String, String> environment =
                Map.of("CIPHERFIELD_KEY", "not a key", "SPRING_DATASOURCE_URL", "jdbc:h2:file:./mine");
        try (VaultProcess demo = VaultProcess.start(folder, environment, "--demo")) {
            assertThat(demo.exitStatus()).as(demo.output()).isZero();

            String output = demo.output();
            assertThat(between(output, "The application", "The database"))
                    .contains("warehouse-0", "password-0", "2030-01-01");
            assertThat(between(output, "The database", "Before the rotation"))
                    .contains("warehouse-0", "cf01")
                    .containsPattern("password +zw")
                    .doesNotContain(
                            "url-secret-0", "sales-user-0", "password-0", "oauth-token-0", "api-key-0", "2030-01-01");
            assertThat(between(output, "The rotation", "After the rotation")).contains("5,000 of 5,000 rows");
            assertThat(output).contains("no value has key", "alone", "Everything held.");
            assertThat(output).doesNotContainPattern("\\b(FAILED|WARN|ERROR)\\b");
            assertThat(output).doesNotContainPattern("[A-Za-z0-9+/]{43}=").doesNotContain("not a key");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.db");
    }

    @Test
    void a_claim_that_does_not_hold_is_told_and_remembered() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DemoOutput output = new DemoOutput(new PrintStream(bytes, true));
        output.claim("the sky is green", false);
        output.claim("water is wet", true);
        assertThat(output.end()).isFalse();
        assertThat(bytes.toString())
                .contains("FAILED  the sky is green", "ok      water is wet", "Not everything held");
    }

    private static String between(String text, String start, String end) {
        return text.substring(text.indexOf(start), text.indexOf(end));
    }
}
