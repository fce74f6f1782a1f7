package io.cipherfield.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlainHibernateTest {

    @Test
    void it_reads_after_the_rotation_what_it_stored_before() throws Exception {
        CipherKey key = CipherKey.parse("8ed6LtyJGuHu4B5NtLlzVNaVIap3EoEl8V64xtPc10g=");
        List<String> lines = run(0, Map.of("CIPHERFIELD_KEY", key.toBase64()));

        List<String> entities = startingWith("entity", lines);
        assertThat(entities).hasSize(2).containsOnly("entity  Ada, 078-05-1120, 1815-12-10");
        List<String> stored = startingWith("stored", lines);
        assertThat(stored).hasSize(2).doesNotHaveDuplicates().allMatch(line -> line.startsWith("stored  zw"));
        assertThat(lines).noneMatch(line -> line.contains(key.toBase64()));
    }

    @Test
    void without_a_key_it_says_which_one_to_set() throws Exception {
        assertThat(run(1, Map.of())).anyMatch(line -> line.contains("Set the environment variable CIPHERFIELD_KEY"));
    }

    private static List<String> startingWith(String start, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
    }

    private static List<String> run(int expectedStatus, Map<String, String> environment) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder =
                new ProcessBuilder(java, "-jar", "target/plain-hibernate.jar").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CIPHERFIELD"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(expectedStatus);
        return output.lines().toList();
    }
}
