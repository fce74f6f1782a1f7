package io.cipherfield.legacy;

import static io.cipherfield.legacy.Configured.read;
import static io.cipherfield.legacy.Configured.reader;
import static io.cipherfield.legacy.Configured.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cipherfield.ConfigurationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jasypt.encryption.pbe.StandardPBEBigDecimalEncryptor;
import org.jasypt.encryption.pbe.StandardPBEByteEncryptor;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.jasypt.iv.ByteArrayFixedIvGenerator;
import org.jasypt.iv.RandomIvGenerator;
import org.jasypt.iv.StringFixedIvGenerator;
import org.jasypt.properties.PropertyValueEncryptionUtils;
import org.jasypt.salt.ByteArrayFixedSaltGenerator;
import org.jasypt.salt.StringFixedSaltGenerator;
import org.jasypt.salt.ZeroSaltGenerator;
import org.jasypt.util.binary.AES256BinaryEncryptor;
import org.jasypt.util.binary.BasicBinaryEncryptor;
import org.jasypt.util.binary.BinaryEncryptor;
import org.jasypt.util.binary.StrongBinaryEncryptor;
import org.jasypt.util.numeric.AES256DecimalNumberEncryptor;
import org.jasypt.util.numeric.AES256IntegerNumberEncryptor;
import org.jasypt.util.numeric.BasicDecimalNumberEncryptor;
import org.jasypt.util.numeric.BasicIntegerNumberEncryptor;
import org.jasypt.util.numeric.StrongIntegerNumberEncryptor;
import org.jasypt.util.text.AES256TextEncryptor;
import org.jasypt.util.text.BasicTextEncryptor;
import org.jasypt.util.text.StrongTextEncryptor;
import org.jasypt.util.text.TextEncryptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jasypt itself wrote. */
class JasyptReaderTest {

    private static final String PASSWORD = "password: of 1.9, ~";
    private static final String PLAINTEXT = "Zoë, 078-05-1120, \uD83D\uDD11";

    static Stream<Arguments> texts() {
        BasicTextEncryptor basic = new BasicTextEncryptor();
        basic.setPassword(PASSWORD);
        StrongTextEncryptor strong = new StrongTextEncryptor();
        strong.setPassword(PASSWORD);
        AES256TextEncryptor aes256 = new AES256TextEncryptor();
        aes256.setPassword(PASSWORD);
        return Stream.of(
                Arguments.of("basic-text", basic),
                Arguments.of("strong-text", strong),
                Arguments.of("aes256-text", aes256));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void each_text_encryptor_is_read(String preset, TextEncryptor encryptor) {
        LegacyReader reader = reader("jasypt", "password", PASSWORD, "encryptor", preset);
        for (String text : new String[] {PLAINTEXT, "", "a".repeat(3000)}) {
            assertThat(read(reader, encryptor.encrypt(text))).isEqualTo(text);
        }
    }

    static Stream<Arguments> binaries() {
        BasicBinaryEncryptor basic = new BasicBinaryEncryptor();
        basic.setPassword(PASSWORD);
        StrongBinaryEncryptor strong = new StrongBinaryEncryptor();
        strong.setPassword(PASSWORD);
        AES256BinaryEncryptor aes256 = new AES256BinaryEncryptor();
        aes256.setPassword(PASSWORD);
        StandardPBEByteEncryptor standard = new StandardPBEByteEncryptor();
        standard.setPassword(PASSWORD);
        return Stream.of(
                Arguments.of("basic-binary", basic),
                Arguments.of("strong-binary", strong),
                Arguments.of("aes256-binary", aes256),
                Arguments.of("standard-binary", (BinaryEncryptor) new BinaryEncryptor() {
                    @Override
                    public byte[] encrypt(byte[] binary) {
                        return standard.encrypt(binary);
                    }

                    @Override
                    public byte[] decrypt(byte[] binary) {
                        return standard.decrypt(binary);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void each_encryptor_of_bytes_is_read(String preset, BinaryEncryptor encryptor) {
        byte[] plaintext = {0, -1, 1, 127, -128};
        assertThat(reader("jasypt", "password", PASSWORD, "encryptor", preset).read(encryptor.encrypt(plaintext)))
                .isEqualTo(plaintext);
    }

    @Test
    void each_encryptor_of_numbers_is_read_from_the_number_s_digits() {
        BasicIntegerNumberEncryptor basic = new BasicIntegerNumberEncryptor();
        basic.setPassword(PASSWORD);
        StrongIntegerNumberEncryptor strong = new StrongIntegerNumberEncryptor();
        strong.setPassword(PASSWORD);
        AES256IntegerNumberEncryptor aes256 = new AES256IntegerNumberEncryptor();
        aes256.setPassword(PASSWORD);
        BasicDecimalNumberEncryptor basicDecimal = new BasicDecimalNumberEncryptor();
        basicDecimal.setPassword(PASSWORD);
        AES256DecimalNumberEncryptor aes256Decimal = new AES256DecimalNumberEncryptor();
        aes256Decimal.setPassword(PASSWORD);
        StandardPBEBigDecimalEncryptor standard = new StandardPBEBigDecimalEncryptor();
        standard.setPassword(PASSWORD);
        // Each 256th of Jasypt's results starts with a byte that a number does not keep.
        for (int i = 0; i < 300; i++) {
            BigInteger integer = new BigInteger(100, new Random(i)).subtract(BigInteger.TWO.pow(99));
            BigDecimal decimal = new BigDecimal(integer, i % 7);
            isRead("basic-number", basic.encrypt(integer), integer);
            isRead("basic-number", basicDecimal.encrypt(decimal), decimal.toPlainString());
            if (i < 20) {
                isRead("strong-number", strong.encrypt(integer), integer);
                isRead("aes256-number", aes256.encrypt(integer), integer);
                isRead("aes256-number", aes256Decimal.encrypt(decimal), decimal.toPlainString());
                isRead("standard-number", standard.encrypt(decimal), decimal.toPlainString());
            }
        }
    }

    private static void isRead(String preset, Object stored, Object plaintext) {
        assertThat(read(reader("jasypt", "password", PASSWORD, "encryptor", preset), stored.toString()))
                .isEqualTo(plaintext.toString());
    }

    @Test
    void the_standard_encryptor_is_read_with_its_defaults() {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword(PASSWORD);
        assertThat(read(reader("jasypt", "password", PASSWORD), encryptor.encrypt(PLAINTEXT)))
                .isEqualTo(PLAINTEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "PBEWithMD5AndDES, 1000, random, none, base64",
        "PBEWithMD5AndDES, 7, zero, none, hexadecimal",
        "PBEWithMD5AndTripleDES, 1000, fixed:a salt of 1.9, none, base64",
        "PBEWITHHMACSHA512ANDAES_256, 1000, random, random, base64",
        "PBEWITHHMACSHA512ANDAES_256, 50, fixed:a salt of sixteen or more, random, hexadecimal",
        "PBEWITHHMACSHA256ANDAES_128, 50, zero, random, base64",
        "PBEWITHSHA1ANDRC2_40, 1000, random, none, base64",
    })
    void the_standard_encryptor_is_read_with_options(
            String algorithm, int iterations, String salt, String iv, String output) {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword(PASSWORD);
        encryptor.setAlgorithm(algorithm);
        encryptor.setKeyObtentionIterations(iterations);
        encryptor.setStringOutputType(output);
        if (iv.equals("random")) {
            encryptor.setIvGenerator(new RandomIvGenerator());
        }
        if (salt.equals("zero")) {
            encryptor.setSaltGenerator(new ZeroSaltGenerator());
        } else if (salt.startsWith("fixed:")) {
            encryptor.setSaltGenerator(new StringFixedSaltGenerator(salt.substring(6)));
        }
        LegacyReader reader = reader(
                "jasypt",
                "password",
                PASSWORD,
                "algorithm",
                algorithm,
                "iterations",
                Integer.toString(iterations),
                "salt",
                salt,
                "iv",
                iv,
                "output",
                output);
        for (String text : new String[] {PLAINTEXT, "", "a", "a".repeat(3000)}) {
            assertThat(read(reader, encryptor.encrypt(text))).isEqualTo(text);
        }
    }

    @Test
    void password_and_salt_come_from_files_too(@TempDir Path directory) throws Exception {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword(PASSWORD);
        encryptor.setSaltGenerator(new StringFixedSaltGenerator(" # a salt"));
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        Path salt = Files.writeString(directory.resolve("salt"), " # a salt\r\n");
        LegacyReader reader = reader("jasypt", "password-file", password.toString(), "salt-file", salt.toString());
        assertThat(read(reader, encryptor.encrypt(PLAINTEXT))).isEqualTo(PLAINTEXT);
    }

    @Test
    void a_value_in_ENC_is_known_by_that_and_so_is_a_damaged_one() {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword(PASSWORD);
        LegacyReader reader = reader("jasypt", "password", PASSWORD, "wrapped", "true");
        String stored = PropertyValueEncryptionUtils.encrypt(PLAINTEXT, encryptor);

        assertThat(reader.claim()).isEqualTo(LegacyReader.Claim.MARKED);
        assertThat(reader.recognises(utf8(stored))).isTrue();
        assertThat(reader.recognises(utf8("  " + stored + "  "))).isTrue();
        assertThat(read(reader, stored)).isEqualTo(PLAINTEXT);
        assertThat(read(reader, "  " + stored + "  ")).isEqualTo(PLAINTEXT);
        assertThat(reader.recognises(utf8("\n\t" + stored))).isTrue();
        assertThat(read(reader, "\n\t" + stored)).isEqualTo(PLAINTEXT);
        String cut = stored.substring(0, stored.length() - 1);
        assertThat(reader.recognises(utf8(cut))).isTrue();
        assertThatThrownBy(() -> read(reader, cut))
                .isInstanceOf(LegacyValueException.class)
                .hasMessageContaining("not whole");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ENC", "enc(abc)", "hunter2", "(ENC(abc))", "   "})
    void text_without_ENC_bears_no_mark(String text) {
        LegacyReader reader = reader("jasypt", "password", PASSWORD, "wrapped", "true");
        assertThat(reader.recognises(utf8(text))).isFalse();
        assertThatThrownBy(() -> read(reader, text)).isInstanceOf(LegacyValueException.class);
    }

    @Test
    void without_ENC_it_has_no_mark_and_so_owns_all_values_and_authenticates_none() {
        LegacyReader reader = reader("jasypt", "password", PASSWORD);
        assertThat(reader.claim()).isEqualTo(LegacyReader.Claim.EVERYTHING);
        assertThat(reader.recognises(utf8("ENC(abc)"))).isFalse();
        assertThat(reader.authenticated()).isFalse();
        assertThat(reader.garbageShows()).isTrue();
        assertThat(reader).hasToString("legacy reader old (jasypt, not authenticated)");
    }

    @ParameterizedTest
    @CsvSource({
        "PBEWithMD5AndDES, none, true",
        "PBEWithMD5AndDES, random, false",
        "PBEWITHSHA1ANDRC4_128, none, false",
        "PBEWITHHMACSHA512ANDAES_256, random, true"
    })
    void garbage_shows_by_the_padding_of_a_block_cipher_and_two_blocks_or_more_of_8_bytes(
            String algorithm, String iv, boolean shows) {
        assertThat(reader("jasypt", "password", PASSWORD, "algorithm", algorithm, "iv", iv)
                        .garbageShows())
                .isEqualTo(shows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "aes256-text", "basic-binary", "basic-number"})
    void what_jasypt_did_not_write_is_an_error_of_that_value(String preset) {
        LegacyReader reader = reader("jasypt", "password", PASSWORD, "encryptor", preset);
        Random random = new Random(44);
        for (int length = 0; length < 120; length++) {
            byte[] junk = new byte[length];
            random.nextBytes(junk);
            for (byte[] stored : new byte[][] {
                junk,
                java.util.Base64.getEncoder().encode(junk),
                utf8(new BigInteger(1, junk).toString()),
                utf8(new BigInteger(1, junk).negate() + ".5"),
                utf8("1e" + length)
            }) {
                Throwable thrown = catchThrowable(() -> reader.read(stored));
                if (thrown != null) {
                    assertThat(thrown).isInstanceOf(LegacyValueException.class);
                }
            }
        }
    }

    /** Once in 256 the padding fits by chance, and what comes then is garbage. */
    @Test
    void most_of_what_was_written_with_another_password_is_refused() {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword("another password");
        encryptor.setKeyObtentionIterations(2);
        LegacyReader reader = reader("jasypt", "password", PASSWORD, "iterations", "2");
        long refused = IntStream.range(0, 8000)
                .filter(i -> catchThrowable(() -> read(reader, encryptor.encrypt(PLAINTEXT)))
                        instanceof LegacyValueException)
                .count();
        assertThat(refused).isBetween(7800L, 7999L);
    }

    @Test
    void many_threads_read_at_once() throws Exception {
        BasicTextEncryptor encryptor = new BasicTextEncryptor();
        encryptor.setPassword(PASSWORD);
        LegacyReader reader = reader("jasypt", "password", PASSWORD, "encryptor", "basic-text");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            Callable<Void> readMany = () -> {
                for (int i = 0; i < 50; i++) {
                    String text = "value " + i + " of " + Thread.currentThread().getName();
                    assertThat(read(reader, encryptor.encrypt(text))).isEqualTo(text);
                    assertThatThrownBy(() -> read(reader, "AAAA")).isInstanceOf(LegacyValueException.class);
                }
                return null;
            };
            for (Future<Void> future :
                    threads.invokeAll(Stream.generate(() -> readMany).limit(16).toList())) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encryptor|fast|encryptor has a value that it cannot have.",
                "output|octal|output has a value that it cannot have. Set one of [base64, hexadecimal]",
                "iv|fixed|iv has a value that it cannot have. Set one of [random, none, fixed:<text>, fixed-hex:<bytes>]",
                "iv|fixed-hex:0|iv has a value that it cannot have. Write two hexadecimal digits a byte behind fixed-hex:",
                "salt|none|salt has a value that it cannot have. Set one of [random, zero, fixed:<text>, fixed-hex:<bytes>]",
                "salt|com.acme.SaltGenerator|read by a LegacyReader of your own",
                "salt|fixed:short|old cannot be set up: Requested salt larger than set",
                "iterations|many|iterations has a value that it cannot have. Set a whole number from 1 on",
                "iterations|0|iterations has a value that it cannot have.",
                "wrapped|yes|wrapped has a value that it cannot have.",
                "algorithm|PBEWithNothing|old cannot be set up: ",
                "provider-name|NoSuchProvider|old cannot be set up: ",
            })
    void a_wrong_option_is_named(String option, String value, String message) {
        assertThatThrownBy(() -> reader("jasypt", "password", PASSWORD, option, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void options_that_contradict_the_encryptor_are_refused() {
        BiFunction<String, String, Throwable> with = (encryptor, option) ->
                catchThrowable(() -> reader("jasypt", "password", PASSWORD, "encryptor", encryptor, option, "1"));
        for (String option :
                new String[] {"algorithm", "iterations", "salt", "salt-file", "iv", "provider-name", "output"}) {
            assertThat(with.apply("basic-text", option))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("The property cipherfield.legacy.jasypt.old." + option
                            + " contradicts the encryptor basic-text, which says all but the password."
                            + " Unset it, or set encryptor to standard.");
        }
        assertThat(with.apply("standard-binary", "wrapped"))
                .hasMessageContaining("contradicts the encryptor standard-binary, which writes no text");
        assertThatThrownBy(() -> reader("jasypt", "password", PASSWORD, "salt", "zero", "salt-file", "x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("both set");
    }

    @ParameterizedTest
    @CsvSource({
        "zero, base64, false",
        "zero, hexadecimal, false",
        "fixed:a salt of eight, base64, false",
        "fixed:a salt of eight, hexadecimal, true",
        "zero, base64, true"
    })
    void what_was_written_without_chance_is_looked_for_as_jasypt_stored_it(
            String salt, String output, boolean wrapped) {
        StandardPBEStringEncryptor jasypt = new StandardPBEStringEncryptor();
        jasypt.setPassword(PASSWORD);
        jasypt.setStringOutputType(output);
        jasypt.setSaltGenerator(
                salt.equals("zero")
                        ? new ZeroSaltGenerator()
                        : new StringFixedSaltGenerator(salt.substring("fixed:".length())));
        LegacyReader reader = reader(
                "jasypt", "password", PASSWORD, "salt", salt, "output", output, "wrapped", Boolean.toString(wrapped));
        assertThat(reader.deterministic()).isTrue();
        for (String text : new String[] {PLAINTEXT, "", "078-05-1120", "a".repeat(3000)}) {
            String stored = wrapped ? PropertyValueEncryptionUtils.encrypt(text, jasypt) : jasypt.encrypt(text);
            assertThat(reader.storedForm(utf8(text))).isEqualTo(utf8(stored));
        }
    }

    @Test
    void salts_and_IVs_that_are_fixed_as_bytes_or_text_are_those_of_jasypt_s_generators() {
        byte[] salt = new byte[16];
        byte[] iv = new byte[16];
        new Random(45).nextBytes(salt);
        new Random(46).nextBytes(iv);
        StandardPBEStringEncryptor jasypt = new StandardPBEStringEncryptor();
        jasypt.setPassword(PASSWORD);
        jasypt.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
        jasypt.setSaltGenerator(new ByteArrayFixedSaltGenerator(salt));
        jasypt.setIvGenerator(new ByteArrayFixedIvGenerator(iv));
        LegacyReader ofBytes = standardAes(
                "fixed-hex:" + HexFormat.of().formatHex(salt),
                "fixed-hex:" + HexFormat.of().formatHex(iv));
        assertThat(read(ofBytes, jasypt.encrypt(PLAINTEXT))).isEqualTo(PLAINTEXT);
        assertThat(ofBytes.deterministic()).isTrue();
        assertThat(ofBytes.storedForm(utf8(PLAINTEXT))).isEqualTo(utf8(jasypt.encrypt(PLAINTEXT)));

        StandardPBEStringEncryptor withText = new StandardPBEStringEncryptor();
        withText.setPassword(PASSWORD);
        withText.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
        withText.setIvGenerator(new StringFixedIvGenerator("an IV of sixteen"));
        LegacyReader ofText = standardAes("random", "fixed:an IV of sixteen");
        assertThat(read(ofText, withText.encrypt(PLAINTEXT))).isEqualTo(PLAINTEXT);
        assertThat(ofText.deterministic()).isFalse();
    }

    private static LegacyReader standardAes(String salt, String iv) {
        return reader(
                "jasypt", "password", PASSWORD, "algorithm", "PBEWITHHMACSHA512ANDAES_256", "salt", salt, "iv", iv);
    }

    /** A JDK 25 decrypts what it would not encrypt. */
    @Test
    void where_the_runtime_refuses_a_salt_of_zeros_its_values_are_read_and_who_looks_for_one_is_told_why() {
        String stored = "Q6/NCbodN+M=";
        LegacyReader reader = reader("jasypt", "password", "pw", "algorithm", "PBEWithMD5AndTripleDES", "salt", "zero");
        assertThat(read(reader, stored)).isEqualTo("12345");
        assertThat(reader.deterministic()).isTrue();
        if (Runtime.version().feature() < 25) {
            assertThat(reader.storedForm(utf8("12345"))).isEqualTo(utf8(stored));
        } else {
            assertThatThrownBy(() -> reader.storedForm(utf8("12345")))
                    .isInstanceOf(LegacyValueException.class)
                    .hasMessageStartingWith("This Java runtime (" + Runtime.version()
                            + ") reads these values, but does not" + " encrypt one as Jasypt did, to look for it");
        }
    }

    @Test
    void bytes_that_were_written_without_chance_are_looked_for_as_jasypt_stored_them() {
        StandardPBEByteEncryptor jasypt = new StandardPBEByteEncryptor();
        jasypt.setPassword(PASSWORD);
        jasypt.setSaltGenerator(new ZeroSaltGenerator());
        LegacyReader reader = reader("jasypt", "password", PASSWORD, "encryptor", "standard-binary", "salt", "zero");
        byte[] plaintext = {0, -1, 1, 127, -128};
        assertThat(reader.storedForm(plaintext)).isEqualTo(jasypt.encrypt(plaintext));
    }

    @ParameterizedTest
    @CsvSource({"salt, random", "encryptor, basic-text", "encryptor, standard-number"})
    void what_was_written_by_chance_cannot_be_looked_for(String option, String value) {
        LegacyReader reader = reader("jasypt", "password", PASSWORD, option, value);
        assertThat(reader.deterministic()).isFalse();
        assertThatThrownBy(() -> reader.storedForm(utf8(PLAINTEXT))).isInstanceOf(UnsupportedOperationException.class);
    }
}
