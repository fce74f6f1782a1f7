package io.cipherfield.internal.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cipherfield.BlindIndexPrf;
import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.DecryptionException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.value.SampleValues;
import io.cipherfield.value.SampleValues.Sample;
import io.cipherfield.value.ValueText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Computes {@code docs/vectors/format-1.json}, which {@code docs/format.md} refers to, and compares. After vectors were added:
 * {@code mvn test -pl core -Dtest=FormatVectorsTest -Dcipherfield.write-vectors=true}. What is in the file never changes.
 */
class FormatVectorsTest {

    private static final Path FILE = Path.of("..", "docs", "vectors", "format-1.json");
    private static final HexFormat HEX = HexFormat.of();
    private static final int LONGEST_SAMPLE = 300;

    private static final List<String> KEYS = List.of(
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "8f1d0c5be2a79364f7c8d9eab0112233445566778899aabbccddeeff00fb3efc",
            "passphrase:example.org:correct horse: battery st\u00e5ple");

    private final ObjectNode file = new ObjectMapper().createObjectNode();

    @Test
    void the_file_holds_what_the_code_computes() throws Exception {
        file.put("format", 1);
        List<CipherKey> keys = KEYS.stream().map(this::addKey).toList();
        addValues();
        for (CipherKey key : keys) {
            addCiphertexts(key);
        }
        addRefused(keys.get(0));
        addBlindIndexes(keys.get(0));
        String computed = new ObjectMapper()
                        .configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true)
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(file)
                + "\n";
        if (Boolean.getBoolean("cipherfield.write-vectors")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, computed);
        }
        assertThat(Files.readString(FILE)).isEqualTo(computed);
    }

    private CipherKey addKey(String text) {
        CipherKey key = CipherKey.parse(text);
        ObjectNode node = file.withArray("/keys").addObject();
        node.put("text", text)
                .put("secret", HEX.formatHex(secret(key)))
                .put("id", key.id().toString());
        for (String label : List.of("key-id", "suite/aes-siv", "suite/aes-siv-deterministic", "suite/xaes-256-gcm")) {
            node.withObject("/subKeys").put("cipherfield/1/" + label, HEX.formatHex(subKey(key, label)));
        }
        assertThat(node.get("subKeys").get("cipherfield/1/key-id").textValue())
                .isEqualTo(key.id().toString());
        return key;
    }

    private static byte[] secret(CipherKey key) {
        return Base64.getDecoder().decode(key.toBase64());
    }

    private static byte[] subKey(CipherKey key, String label) {
        int length = label.equals("key-id") ? 4 : label.startsWith("suite/aes-siv") ? 64 : 32;
        byte[] info = ("cipherfield/1/" + label).getBytes(StandardCharsets.UTF_8);
        return Hkdf.derive(secret(key), new byte[0], info, length);
    }

    private void addValues() {
        for (Sample sample : SampleValues.all()) {
            addValue(sample, 0);
            if (sample.codec().paddable()) {
                addValue(sample, 16);
            }
        }
    }

    private void addValue(Sample sample, int padTo) {
        byte[] plaintext = sample.codec().encode(sample.value(), padTo);
        if (plaintext.length <= LONGEST_SAMPLE) {
            file.withArray("/values")
                    .addObject()
                    .put("javaType", sample.javaType().getSimpleName())
                    .put("value", ValueText.BYTES_AS_HEX.of(plaintext))
                    .put("padTo", padTo)
                    .put("plaintext", HEX.formatHex(plaintext));
        }
    }

    private void addCiphertexts(CipherKey key) {
        for (Suite suite : Suite.values()) {
            for (int length : new int[] {1, 2, 15, 16, 17, 31, 32, 33, 48, 100}) {
                byte[] plaintext = new byte[length];
                for (int i = 1; i < length; i++) {
                    plaintext[i] = (byte) ('a' + i % 26);
                }
                plaintext[0] = 1;
                addCiphertext(key, suite, "Patient.ssn", plaintext);
            }
            addCiphertext(
                    key,
                    suite,
                    "\u00c4rztin.\u9ad8#key",
                    HEX.parseHex("8f5245448000000000000000000000000000000000000000000000000000000000"));
        }
    }

    private void addCiphertext(CipherKey key, Suite suite, String context, byte[] plaintext) {
        byte[] nonce = new byte[suite == Suite.AES_SIV ? 16 : suite == Suite.XAES_256_GCM ? 24 : 0];
        Arrays.setAll(new Byte[nonce.length], i -> nonce[i] = (byte) (0xA0 + i));
        int code = suite == Suite.AES_SIV ? 1 : suite == Suite.AES_SIV_DETERMINISTIC ? 2 : 3;
        byte[] header = ByteBuffer.allocate(6)
                .put((byte) 0xCF)
                .put((byte) code)
                .putInt(key.id().value())
                .array();
        byte[] associatedData = Vectors.concat(header, context.getBytes(StandardCharsets.UTF_8));
        byte[] ciphertext = Vectors.concat(header, Vectors.seal(cipher(key, suite, nonce, associatedData), plaintext));
        file.withArray("/ciphertexts")
                .addObject()
                .put("key", key.id().toString())
                .put("suite", suite.label())
                .put("context", context)
                .put("nonce", HEX.formatHex(nonce))
                .put("associatedData", HEX.formatHex(associatedData))
                .put("plaintext", HEX.formatHex(plaintext))
                .put("ciphertext", HEX.formatHex(ciphertext))
                .put("text", CiphertextText.encode(ciphertext));
        FieldEncryptor encryptor = FieldEncryptor.of(Keyring.of(key), suite, context);
        assertThat(encryptor.decrypt(ciphertext)).isEqualTo(plaintext);
        assertThat(CiphertextHeader.of(ciphertext)).isEqualTo(new CiphertextHeader(suite, key.id()));
        if (suite == Suite.AES_SIV_DETERMINISTIC) {
            assertThat(encryptor.encrypt(plaintext)).isEqualTo(ciphertext);
        }
    }

    private static BoundCipher cipher(CipherKey key, Suite suite, byte[] nonce, byte[] associatedData) {
        byte[] subKey = subKey(key, "suite/" + suite.label());
        return switch (suite) {
            case AES_SIV -> new AesSiv(subKey).withNonce(nonce, associatedData);
            case AES_SIV_DETERMINISTIC -> new AesSiv(subKey).deterministic(associatedData);
            case XAES_256_GCM -> new XaesGcm(subKey).withNonce(nonce, associatedData);
        };
    }

    private void addRefused(CipherKey key) {
        ArrayNode ciphertexts = file.withArray("/ciphertexts");
        for (JsonNode node : List.of(ciphertexts.get(3), ciphertexts.get(14), ciphertexts.get(25))) {
            String text = node.get("text").textValue();
            addRefused(key, "Patient.ssn", "", "empty");
            addRefused(key, "Patient.ssn", "078-05-1120", "no header");
            addRefused(key, "Patient.ssn", "zw8" + text.substring(3), "unknown suite");
            addRefused(key, "Patient.ssn", text.substring(0, 6) + "AA" + text.substring(8), "another key");
            addRefused(key, "Patient.name", text, "another context");
            addRefused(key, "Patient.ssn", text + "A", "impossible length");
            addRefused(key, "Patient.ssn", text + "==", "padding");
            addRefused(key, "Patient.ssn", text.substring(0, text.length() - 3), "cut");
            addRefused(
                    key,
                    "Patient.ssn",
                    text.substring(0, 12) + (text.charAt(12) == 'A' ? 'B' : 'A') + text.substring(13),
                    "changed");
        }
        // 39 bytes are 52 characters; 40 bytes end with two characters, of which the last has four spare bits.
        String spare = ciphertexts.get(1).get("text").textValue();
        assertThat(spare.length() % 4).isEqualTo(2);
        char last = spare.charAt(spare.length() - 1);
        addRefused(key, "Patient.ssn", spare.substring(0, spare.length() - 1) + (char) (last + 1), "spare bits");
    }

    private void addRefused(CipherKey key, String context, String text, String why) {
        assertThatThrownBy(() -> FieldEncryptor.of(Keyring.of(key), Suite.AES_SIV, context)
                        .decrypt(CiphertextText.decode(text)))
                .as(why)
                .isInstanceOf(DecryptionException.class);
        file.withArray("/refused")
                .addObject()
                .put("key", key.id().toString())
                .put("context", context)
                .put("text", text)
                .put("why", why);
    }

    private void addBlindIndexes(CipherKey key) {
        for (int bits : new int[] {32, 128, 256}) {
            for (String value : List.of("a", "alice@example.org", "\u00fc".repeat(100))) {
                String definition = "an opaque text";
                byte[] normalised = value.getBytes(StandardCharsets.UTF_8);
                file.withArray("/blindIndexes")
                        .addObject()
                        .put("key", key.id().toString())
                        .put("definition", definition)
                        .put("bits", bits)
                        .put("subKey", HEX.formatHex(subKey(key, "blind-index/" + definition)))
                        .put("normalised", HEX.formatHex(normalised))
                        .put(
                                "index",
                                HEX.formatHex(
                                        BlindIndexPrf.of(key, definition, bits).index(normalised)));
            }
        }
    }
}
