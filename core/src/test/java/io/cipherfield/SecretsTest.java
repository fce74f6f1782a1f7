package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private static final String PLAINTEXT = "secret-078-05-1120";

    private final byte[] secret = Base64.getDecoder()
            .decode(CipherKey.parse("TXMrVrP9wmGwxLbb8xKGsbQmdrQIl503bRI4WePqphE=")
                    .toBase64());
    private final CipherKey key = CipherKey.of(secret);
    private final Keyring keyring = Keyring.of(key, CipherKey.parse("hFPBoA0tCnGTrSfoyodZZemOjbENhZYiaxWK0TnTPcE="));
    private final FieldEncryptor encryptor = FieldEncryptor.of(keyring, Suite.AES_SIV, "Patient.ssn");

    /** Of the plaintext. Always the same one: eight letters or digits of another could be those of a key's id or of a word. */
    private final byte[] ciphertext =
            CiphertextText.decode("zwFTxHS0ahG3IxLVjVvN6_-s5SPiUOZWAGMRatPWj0aWDBq4wC3A0aDbbRWojqyQxV_uoHJ1bHSl");

    /** One of each class of the package that a user can get hold of. */
    private List<Object> instances() {
        return List.of(
                key,
                key.id(),
                keyring,
                encryptor,
                Suite.AES_SIV,
                CiphertextHeader.of(ciphertext),
                CipherfieldConfiguration.of(keyring),
                BlindIndexPrf.of(key, "Patient.ssn", 128),
                new SettingSource.Found(key.toBase64(), "The environment variable CIPHERFIELD_KEY"),
                SettingSource.environment(Map.of("CIPHERFIELD_KEY", key.toBase64())),
                Setting.KEY,
                PlaintextPolicy.REFUSE,
                StoragePreference.AUTO,
                StartupCheckMode.FAIL,
                MixedKeysPolicy.REFUSE,
                DecryptionException.Reason.UNKNOWN_KEY,
                new ConfigurationException("a", "b"),
                new DecryptionException(DecryptionException.Reason.UNKNOWN_KEY, key.id(), "a"));
    }

    @Test
    void no_toString_shows_a_key() {
        for (Object instance : instances()) {
            assertShowsNothing(instance.toString());
        }
    }

    @Test
    void every_public_class_with_instances_is_looked_at() {
        Set<String> looked = instances().stream()
                .flatMap(o -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.<Class<?>>of(
                                o.getClass(), o.getClass().getSuperclass()),
                        Arrays.stream(o.getClass().getInterfaces())))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.cipherfield")) {
            if (type.getPackageName().equals("io.cipherfield")
                    && type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)
                    && !type.getSimpleName().equals("package-info")) {
                missing.add(type.getName());
            }
        }
        missing.removeAll(looked);
        assertThat(missing)
                .as("classes without instances, and the interface that a lambda is passed as")
                .containsExactly(CiphertextText.class.getName(), SettingSource.Lookup.class.getName());
    }

    @Test
    void no_class_that_holds_a_key_is_a_record() {
        for (Class<?> type : List.of(
                CipherKey.class,
                Keyring.class,
                FieldEncryptor.class,
                BlindIndexPrf.class,
                SettingSource.Found.class,
                CipherfieldConfiguration.class)) {
            assertThat(type.isRecord()).as(type.getName()).isFalse();
        }
    }

    @Test
    void no_error_of_decryption_shows_a_key_a_plaintext_or_a_ciphertext_s_body() {
        assertThat(encryptor.decrypt(ciphertext))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("\u0001" + PLAINTEXT);
        List<Throwable> errors = new ArrayList<>();
        for (int i = 0; i < ciphertext.length; i++) {
            byte[] changed = ciphertext.clone();
            changed[i]++;
            errors.add(catchThrowable(() -> encryptor.decrypt(changed)));
            byte[] cut = Arrays.copyOf(ciphertext, i);
            errors.add(catchThrowable(() -> encryptor.decrypt(cut)));
            String text = CiphertextText.encode(ciphertext).substring(0, i) + "!"
                    + CiphertextText.encode(ciphertext).substring(i + 1);
            errors.add(catchThrowable(() -> CiphertextText.decode(text)));
        }
        assertThat(errors).hasSize(3 * ciphertext.length).doesNotContainNull();
        errors.forEach(this::assertShowsNothing);
    }

    @Test
    void no_error_of_configuration_shows_a_key() {
        String base64 = key.toBase64();
        String hex = HexFormat.of().formatHex(secret);
        List<String> texts = new ArrayList<>(List.of(
                base64 + base64,
                "'" + base64,
                hex + "0",
                hex.substring(2),
                base64 + "!",
                "/" + base64,
                "passphrase:" + base64,
                "passphrase:short:" + base64,
                "passphrase:" + base64 + ":short"));
        for (int i = 1; i < 44; i++) {
            texts.add(base64.substring(0, i));
            texts.add(base64.substring(i));
        }
        for (String text : texts) {
            for (Setting setting : Setting.values()) {
                Map<String, String> settings = setting.secret() || setting == Setting.KEY_FILE
                        ? Map.of(setting.property(), text)
                        : Map.of(Setting.KEY.property(), base64, setting.property(), text);
                Throwable error =
                        catchThrowable(() -> CipherfieldConfiguration.from(SettingSource.properties(settings)));
                if (error != null && !setting.property().endsWith("-file")) {
                    assertShowsNothing(error);
                } else if (error != null && text.length() >= 32) {
                    assertShowsNothing(error);
                }
            }
        }
    }

    private void assertShowsNothing(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            assertShowsNothing(e.toString());
        }
    }

    private void assertShowsNothing(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        String base64 = key.toBase64();
        String hex = HexFormat.of().formatHex(secret);
        String body = CiphertextText.encode(ciphertext).substring(8);
        String bodyHex = HexFormat.of().formatHex(ciphertext).substring(12);
        for (String hidden : List.of(
                base64, hex, PLAINTEXT, body, bodyHex, base64.replace('+', '-').replace('/', '_'))) {
            for (int i = 0; i + 8 <= hidden.length(); i++) {
                if (lowerCase.contains(hidden.substring(i, i + 8).toLowerCase(Locale.ROOT))) {
                    throw new AssertionError("Shows a part of " + hidden + ": " + text);
                }
            }
        }
        assertThat(text).doesNotContain(Arrays.toString(secret));
    }
}
