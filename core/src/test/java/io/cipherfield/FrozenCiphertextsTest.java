package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cipherfield.value.SampleValues;
import io.cipherfield.value.SampleValues.Sample;
import io.cipherfield.value.ValueText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Decrypts what every release wrote, see {@code src/test/resources/frozen/README.md}. */
class FrozenCiphertextsTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "frozen", "format-1");
    private static final CipherKey KEY =
            CipherKey.parse("6e1f3b5d7c9a8f0e2d4c6b8a0f1e3d5c7b9a8f6e4d2c0b1a3f5e7d9c8b6a4f20");
    private static final Map<String, String> DIGESTS = Map.of(
            "0.1.jsonl", "5fd8e0466aeb977b2eed8b72b23d6c5bcf2c5065b0326c1d94d2817751ce54c0",
            "0.1-json.jsonl", "d904572a4b7271e678a655d9ce389f144a5df5d0da2f49d18865a3352e966a31");
    private static final int SAMPLES_OF_EACH_TYPE = 4;

    /** Writes the file of a new release; an existing one is never written again. */
    @Test
    void what_a_release_wrote_is_kept() throws IOException {
        Path next = FOLDER.resolve(System.getProperty("cipherfield.freeze", "0.1") + ".jsonl");
        if (System.getProperty("cipherfield.freeze") != null && !Files.exists(next)) {
            Files.writeString(next, freeze());
        }
        assertThat(next).exists();
    }

    private static String freeze() throws IOException {
        ObjectMapper json = new ObjectMapper().configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true);
        StringBuilder lines = new StringBuilder();
        Map<Class<?>, Integer> counts = new HashMap<>();
        for (Sample sample : SampleValues.all()) {
            if (counts.merge(sample.javaType(), 1, Integer::sum) > SAMPLES_OF_EACH_TYPE) {
                continue;
            }
            byte[] plaintext = sample.codec().encode(sample.value(), counts.get(sample.javaType()) % 2 == 0 ? 8 : 0);
            for (Suite suite : Suite.values()) {
                String context = "Frozen." + sample.javaType().getSimpleName();
                byte[] ciphertext =
                        FieldEncryptor.of(Keyring.of(KEY), suite, context).encrypt(plaintext);
                lines.append(json.writeValueAsString(json.createObjectNode()
                                .put("javaType", sample.javaType().getName())
                                .put("suite", suite.label())
                                .put("context", context)
                                .put("binary", HexFormat.of().formatHex(ciphertext))
                                .put("text", CiphertextText.encode(ciphertext))
                                .put("value", ValueText.BYTES_AS_HEX.of(plaintext))))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    @Test
    void every_frozen_value_decrypts_from_both_forms() throws Exception {
        int count = 0;
        for (JsonNode value : values()) {
            FieldEncryptor encryptor = FieldEncryptor.of(
                    Keyring.of(CipherKey.parse("DpjLNCNOKuO3B5EWqKzSOVNuWs2GC8W5RFqXk8iBsdI="), KEY),
                    Suite.AES_SIV,
                    value.get("context").textValue());
            byte[] binary = HexFormat.of().parseHex(value.get("binary").textValue());
            assertThat(CiphertextText.decode(value.get("text").textValue())).isEqualTo(binary);
            assertThat(CiphertextHeader.of(binary).suite().label())
                    .isEqualTo(value.get("suite").textValue());
            byte[] plaintext = encryptor.decrypt(binary);
            assertThat(ValueText.BYTES_AS_HEX.of(plaintext))
                    .isEqualTo(value.get("value").textValue());
            Class<?> javaType = Class.forName(value.get("javaType").textValue());
            assertThat(new Sample(javaType, null).codec().decode(plaintext)).isNotNull();
            count++;
        }
        assertThat(count).isGreaterThan(300);
    }

    private static List<JsonNode> values() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> values = new java.util.ArrayList<>();
        try (var files = Files.newDirectoryStream(FOLDER, "*.jsonl")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    values.add(json.readTree(line));
                }
            }
        }
        return values;
    }

    @Test
    void frozen_files_never_change() throws Exception {
        Map<String, String> found = new HashMap<>();
        try (var files = Files.newDirectoryStream(FOLDER, "*.jsonl")) {
            for (Path file : files) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                found.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
            }
        }
        assertThat(found).isEqualTo(DIGESTS);
    }
}
