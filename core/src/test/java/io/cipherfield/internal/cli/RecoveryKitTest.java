package io.cipherfield.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.SettingSource;
import io.cipherfield.Suite;
import io.cipherfield.value.SampleValues.JsonText;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryKitTest {

    private final CipherKey key = CipherKey.parse("tcn2TIjQOTL0LpueF1w8s92KnRaklxqmTkIBNM0lkdU=");
    private final Map<String, String> environment = new HashMap<>(Map.of("CIPHERFIELD_KEY", key.toBase64()));
    private final FieldEncryptor encryptor = FieldEncryptor.of(Keyring.of(key), Suite.AES_SIV, "Patient.ssn");

    private String output;
    private String errors;

    private int run(String input, String... arguments) {
        return runBytes(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private int runBytes(byte[] input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new RecoveryKit(
                        SettingSource.environment(environment),
                        new ByteArrayInputStream(input),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
        output = out.toString(StandardCharsets.UTF_8);
        errors = err.toString(StandardCharsets.UTF_8);
        assertThat(output + errors)
                .doesNotContain(arguments.length > 0 && arguments[0].equals("generate-key") ? "\0" : key.toBase64());
        return status;
    }

    @SuppressWarnings("unchecked")
    private byte[] encrypted(Object value) {
        Class<?> type = value instanceof Enum<?> e ? e.getDeclaringClass() : value.getClass();
        return encryptor.encrypt(((ValueCodec<Object>) ValueCodecs.find(type)).encode(value, 0));
    }

    private String text(Object value) {
        return CiphertextText.encode(encrypted(value));
    }

    /** Windows editors and PowerShell write one. */
    @Test
    void a_byte_order_mark_does_not_spoil_the_first_value() {
        assertThat(run(
                        "\uFEFF" + text("first") + "\r\n" + text("second") + "\r\n",
                        "decrypt",
                        "--context",
                        "Patient.ssn"))
                .isZero();
        assertThat(output).isEqualTo("first\nsecond\n");
    }

    @Test
    void a_generated_key_is_one_and_its_id_is_named() {
        assertThat(run("", "generate-key")).isZero();
        CipherKey generated = CipherKey.parse(output);
        assertThat(errors).contains(generated.id().toString()).doesNotContain(generated.toBase64());
        assertThat(generated).isNotEqualTo(key);
    }

    @Test
    void the_ids_of_all_keys_are_printed() {
        CipherKey old = CipherKey.parse("vcix7MNqfmty31e113BWkBxrV6YQg52Co5nY54t0h9M=");
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", old.toBase64() + "," + old.toBase64());
        assertThat(run("", "key-id")).isZero();
        assertThat(output).isEqualTo(key.id() + " encrypts and decrypts\n" + old.id() + " only decrypts\n");
        assertThat(errors).isEqualTo("Key " + old.id() + " is listed more than once; it counts once.\n");
    }

    @Test
    void values_in_text_form_are_decrypted_line_by_line() {
        assertThat(run(
                        text("078-05-1120") + "\n\n  " + text("zwei") + "\r\n\\N\nNULL\n",
                        "decrypt",
                        "--context",
                        "Patient.ssn"))
                .isZero();
        assertThat(output).isEqualTo("078-05-1120\n\nzwei\n\\N\nNULL\n");
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\\x%s", "\\\\x%s", "0x%s", "X'%s'", "x'%s'"})
    void binary_values_are_read_as_databases_print_them(String pattern) {
        String hex = HexFormat.of().formatHex(encrypted("ä"));
        for (String digits : List.of(hex, hex.toUpperCase(Locale.ROOT))) {
            assertThat(run(pattern.formatted(digits), "decrypt", "--context=Patient.ssn"))
                    .isZero();
            assertThat(output).isEqualTo("ä\n");
        }
    }

    @Test
    void binary_values_are_read_from_base64_of_either_alphabet() {
        for (int i = 0; i < 200; i++) {
            byte[] ciphertext = encrypted("x".repeat(i % 7));
            String lines = Base64.getEncoder().encodeToString(ciphertext) + "\n"
                    + Base64.getEncoder().withoutPadding().encodeToString(ciphertext) + "\n"
                    + CiphertextText.encode(ciphertext) + "\n";
            assertThat(run(lines, "decrypt", "--context", "Patient.ssn"))
                    .as(errors)
                    .isZero();
            assertThat(output).isEqualTo(("x".repeat(i % 7) + "\n").repeat(3));
        }
    }

    @Test
    void typed_values_print_as_text_whatever_the_machine_s_time_zone() {
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertPrints(LocalDate.of(1815, 12, 10), "1815-12-10");
            assertPrints(new BigDecimal("1E+3"), "1000");
            assertPrints(new BigDecimal("-0.0000000001"), "-0.0000000001");
            assertPrints(new BigDecimal("1E+1000000"), "1E+1000000");
            assertPrints(42L, "42");
            assertPrints(true, "true");
            assertPrints(1.5, "1.5");
            assertPrints('\'', "'");
            assertPrints(TimeUnit.DAYS, "DAYS");
            assertPrints(new Date(0), "1970-01-01T00:00:00Z");
            assertPrints(Instant.parse("2024-02-29T12:00:00.000000001Z"), "2024-02-29T12:00:00.000000001Z");
            assertPrints(
                    ZonedDateTime.parse("2024-02-29T12:00+01:00[Europe/Berlin]"),
                    "2024-02-29T12:00+01:00[Europe/Berlin]");
            assertPrints(Locale.GERMANY, "de-DE");
            assertPrints(new byte[] {(byte) 0xFB, (byte) 0xFF}, "+/8=");
            assertPrints("pass".toCharArray(), "pass");
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    private void assertPrints(Object value, String expected) {
        assertThat(run(text(value), "decrypt", "--context", "Patient.ssn"))
                .as(errors)
                .isZero();
        assertThat(output).isEqualTo(expected + "\n");
    }

    @Test
    void json_prints_as_it_was_written() {
        JsonText document = new JsonText("{\"street\":\"a \\\"b\\\"\",\"numbers\":[1,2.50]}");
        byte[] plaintext =
                ValueCodecs.json(JsonText.class, JsonText::text, JsonText::new).encode(document, 32);
        assertThat(run(
                        CiphertextText.encode(encryptor.encrypt(plaintext)) + "\n",
                        "decrypt",
                        "--context",
                        "Patient.ssn"))
                .isZero();
        assertThat(output).isEqualTo(document.text().replace("\\", "\\\\") + "\n");
    }

    @Test
    void bytes_print_as_hex_where_asked() {
        assertThat(run(text(new byte[] {(byte) 0xFB, 1}), "decrypt", "--context", "Patient.ssn", "--bytes", "hex"))
                .isZero();
        assertThat(output).isEqualTo("fb01\n");
    }

    @Test
    void a_value_stays_on_its_line() {
        assertPrints("a\nb\r\tc\\d\u0000\u0085\u2028", "a\\nb\\r\\tc\\\\d\\u0000\\u0085\\u2028");
        assertPrints("\uD83D\uDE00 \uD83D", "😀 \\ud83d");
        assertPrints("\\! failed", "\\\\! failed");
    }

    @Test
    void a_value_that_fails_is_marked_and_named_and_the_others_go_on() {
        String other = CiphertextText.encode(FieldEncryptor.of(
                        Keyring.of(CipherKey.parse("8fNHMDxMJPXPOxRX8gTyUQqJJ7QMLYa0qiryxM7ftmM=")),
                        Suite.AES_SIV,
                        "Patient.ssn")
                .encrypt(new byte[] {1, 'x'}));
        String changed = text("changed").substring(0, 60) + "AAAA";
        assertThat(run(
                        "plain text\n" + text("good") + "\n" + other + "\n" + changed + "\n",
                        "decrypt",
                        "--context",
                        "Patient.ssn"))
                .isEqualTo(2);
        assertThat(output.lines())
                .containsExactly(
                        "\\! failed, see standard error for line 1",
                        "good",
                        "\\! failed, see standard error for line 3",
                        "\\! failed, see standard error for line 4");
        assertThat(errors.lines()).hasSize(4).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("Line 1: The value is not ciphertext");
            assertThat(lines.get(1))
                    .startsWith("Line 3: The value of Patient.ssn was written under key ")
                    .contains("CIPHERFIELD_DECRYPT_ONLY_KEYS");
            assertThat(lines.get(2))
                    .startsWith("Line 4: The value of Patient.ssn does not decrypt under key " + key.id());
            assertThat(lines.get(3)).isEqualTo("3 failed; they are marked with '\\!' in the output.");
        });
        assertThat(errors).doesNotContain("plain text").doesNotContain(changed.substring(8, 30));
    }

    @Test
    void another_context_fails() {
        assertThat(run(text("x"), "decrypt", "--context", "Person.ssn")).isEqualTo(2);
    }

    @Test
    void inspect_needs_no_key() {
        environment.clear();
        assertThat(run(text("12345") + "\n\\x" + HexFormat.of().formatHex(encrypted("12345")) + "\n\nno\n", "inspect"))
                .isEqualTo(2);
        assertThat(output.lines())
                .containsExactly(
                        "format 1, suite aes-siv, key " + key.id() + ", text, 44 bytes, value with padding 5 bytes",
                        "format 1, suite aes-siv, key " + key.id() + ", hex, 44 bytes, value with padding 5 bytes",
                        "",
                        "\\! failed, see standard error for line 4");
        assertThat(run("\\xcf01", "inspect")).isEqualTo(2);
    }

    @Test
    void a_column_of_a_csv_file_is_decrypted_and_all_else_is_copied() {
        String csv = "\uFEFFid,\"ssn\",note\r\n"
                + "1," + text("a,\"b\"\nc") + ",\"kept \"\"as\"\" it, is\"\r\n"
                + "2,,'x'\n"
                + "3,\"\",\"two\nlines\"\n"
                + "4,\"" + text("last") + "\", ü \n"
                + "5,NULL,\n"
                + "6,\"" + text("") + "\",end";
        assertThat(run(csv, "decrypt", "--context", "Patient.ssn", "--csv", "--column", "ssn"))
                .as(errors)
                .isZero();
        assertThat(output)
                .isEqualTo("\uFEFFid,\"ssn\",note\r\n"
                        + "1,\"a,\"\"b\"\"\nc\",\"kept \"\"as\"\" it, is\"\r\n"
                        + "2,,'x'\n"
                        + "3,\"\",\"two\nlines\"\n"
                        + "4,last, ü \n"
                        + "5,NULL,\n"
                        + "6,\"\",end");
    }

    @Test
    void other_columns_keep_their_bytes_in_any_charset() {
        byte[] latin1 = ("ssn;nam\u00e9\n" + text("ü") + ";\u00fc\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = new RecoveryKit(
                        SettingSource.environment(environment), new ByteArrayInputStream(latin1), out, System.err)
                .run("decrypt", "--context", "Patient.ssn", "--csv", "--column", "ssn", "--delimiter", ";");
        assertThat(status).isZero();
        assertThat(out.toByteArray())
                .isEqualTo("ssn;nam\u00e9\n\u00c3\u00bc;\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void failing_and_short_records_of_a_csv_file_are_named_by_the_line_they_start_on() {
        String csv = "a\tssn\n\"x\ny\"\tplain\n1\n2\t" + text("ok") + "\n\n";
        assertThat(run(csv, "decrypt", "--context", "Patient.ssn", "--csv", "--column", "ssn", "--delimiter", "tab"))
                .isEqualTo(2);
        assertThat(output).isEqualTo("a\tssn\n\"x\ny\"\t\\! failed, see standard error for line 2\n1\n2\tok\n\n");
        assertThat(errors.lines()).hasSize(3).element(1).isEqualTo("Line 4: The record has only 1 fields.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The input is empty",
                "a,b|The header line names 2 columns, and none is the one that --column names.",
                "'ssn\n\"open'|The quoted field that starts on line 2 does not end.",
                "'ssn\n\"a\"b'|Line 2 goes on behind a closing quotation mark.",
            })
    void a_file_that_is_no_such_csv_is_refused(String csv, String message) {
        assertThat(run(csv, "decrypt", "--context", "Patient.ssn", "--csv", "--column", "ssn"))
                .isEqualTo(1);
        assertThat(errors).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The first argument is no command.",
                "encrypt|The first argument is no command.",
                "decrypt|decrypt needs --context, for example --context Patient.ssn: the declaring class and the attribute, or what the annotation says.",
                "decrypt --context|--context needs a value.",
                "decrypt --context a --context b|--context is given twice.",
                "decrypt --context a --csv|--csv and --column belong together.",
                "decrypt --context a --column b|--csv and --column belong together.",
                "decrypt --context a --delimiter ;|--delimiter belongs to --csv.",
                "decrypt --context a --csv --column b --delimiter ab|--delimiter is one ASCII character, or 'tab'.",
                "decrypt --context a --bytes octal|--bytes is 'base64' or 'hex'.",
                "decrypt --context a other|Argument 4 is no option of decrypt.",
                "inspect --context a|Argument 2 is no option of inspect.",
                "key-id --csv|Argument 2 is no option of key-id.",
            })
    void wrong_arguments_are_named(String arguments, String message) {
        assertThat(run("", arguments.split(" "))).isEqualTo(64);
        assertThat(errors).isEqualTo(message + "\nSay --help for help.\n");
        assertThat(output).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "--key=%s", "--key", "key=%s", "passphrase:abc:%s", "--%s"})
    void a_key_among_the_arguments_is_refused_and_not_repeated(String pattern) {
        String argument = pattern.formatted(key.toBase64());
        for (String[] arguments :
                new String[][] {{argument}, {"key-id", argument}, {"decrypt", "--context", "a", argument}}) {
            assertThat(run("", arguments)).isEqualTo(64);
            assertThat(errors)
                    .contains(
                            "may be a key or a value. Keys come from the environment variable CIPHERFIELD_KEY or a file");
            assertThat(errors).doesNotContain(key.toBase64().substring(0, 10));
        }
    }

    @Test
    void a_missing_key_stops_before_any_value() {
        environment.clear();
        assertThat(run("x\n", "decrypt", "--context", "a")).isEqualTo(1);
        assertThat(errors).startsWith("No encryption key is set. Set the environment variable CIPHERFIELD_KEY");
        assertThat(output).isEmpty();
    }

    @Test
    void help_names_every_command_and_setting() {
        assertThat(run("", "--help")).isZero();
        assertThat(output)
                .contains(
                        "generate-key",
                        "key-id",
                        "inspect",
                        "decrypt",
                        "--context",
                        "--csv",
                        "--column",
                        "--delimiter",
                        "--bytes",
                        "CIPHERFIELD_KEY_FILE",
                        "CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE",
                        "64");
        assertThat(run("", "decrypt", "--help")).isZero();
        assertThat(run("")).isEqualTo(64);
    }

    @Test
    void a_reader_that_has_seen_enough_is_no_error_and_a_full_disk_is() {
        assertThat(runInto("Broken pipe")).isZero();
        assertThat(errors).isEmpty();
        assertThat(runInto("No space left on device")).isEqualTo(1);
        assertThat(errors).contains("No space left on device");
    }

    private int runInto(String failure) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        int status = new RecoveryKit(
                        SettingSource.environment(environment),
                        new ByteArrayInputStream(text("x").getBytes(StandardCharsets.UTF_8)),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run("decrypt", "--context", "Patient.ssn");
        errors = err.toString(StandardCharsets.UTF_8);
        return status;
    }

    @Test
    void the_process_ends_with_the_status_and_takes_keys_from_its_environment() throws Exception {
        assertThat(process(text("good") + "\n", "decrypt", "--context", "Patient.ssn"))
                .isZero();
        assertThat(output).isEqualTo("good\n");
        assertThat(process(text("good") + "\nbad\n", "decrypt", "--context", "Patient.ssn"))
                .isEqualTo(2);
        assertThat(process("", "nothing")).isEqualTo(64);
        environment.remove("CIPHERFIELD_KEY");
        assertThat(process("", "key-id")).isEqualTo(1);
    }

    private int process(String input, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecoveryKit.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("CIPHERFIELD_"));
        builder.environment().putAll(environment);
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }
}
