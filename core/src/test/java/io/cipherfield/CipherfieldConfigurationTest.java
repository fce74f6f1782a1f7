package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CipherfieldConfigurationTest {

    private final CipherKey key = CipherKey.parse("fTVkvPhJK0NxLV1FKSljltdGmiYpEqRX6gNc9TppQik=");

    private CipherfieldConfiguration from(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("cipherfield.key", key.toBase64());
        return CipherfieldConfiguration.from(SettingSource.properties(all));
    }

    @Test
    void what_is_not_set_or_empty_has_the_documented_default() {
        for (CipherfieldConfiguration configuration : new CipherfieldConfiguration[] {
            CipherfieldConfiguration.of(Keyring.of(key)),
            from(Map.of()),
            from(Map.of("cipherfield.suite", "", "cipherfield.storage", " "))
        }) {
            assertThat(configuration.suite()).isEqualTo(Suite.AES_SIV);
            assertThat(configuration.storage()).isEqualTo(StoragePreference.AUTO);
            assertThat(configuration.plaintext()).isEqualTo(PlaintextPolicy.REFUSE);
            assertThat(configuration.startupCheck()).isEqualTo(StartupCheckMode.FAIL);
            assertThat(configuration.mixedKeys()).isEqualTo(MixedKeysPolicy.REFUSE);
            assertThat(configuration.keyring().primary()).isEqualTo(key);
        }
    }

    @Test
    void every_setting_is_read() {
        CipherfieldConfiguration configuration = from(Map.of(
                "cipherfield.suite", " xaes-256-gcm ",
                "cipherfield.storage", "binary",
                "cipherfield.plaintext", "ALLOW",
                "cipherfield.startup-check", "off",
                "cipherfield.mixed-keys", "allow"));
        assertThat(configuration.mixedKeys()).isEqualTo(MixedKeysPolicy.ALLOW);
        assertThat(configuration.suite()).isEqualTo(Suite.XAES_256_GCM);
        assertThat(configuration.storage()).isEqualTo(StoragePreference.BINARY);
        assertThat(configuration.plaintext()).isEqualTo(PlaintextPolicy.ALLOW);
        assertThat(configuration.startupCheck()).isEqualTo(StartupCheckMode.OFF);
    }

    @Test
    void a_given_keyring_takes_the_place_of_the_keys_among_the_settings() {
        Keyring own = Keyring.of(CipherKey.parse("TFpmtSAf4w9mZse7tyFc3szngazx4JJ8Vo3a24oiEGw="), key);
        CipherfieldConfiguration configuration = CipherfieldConfiguration.from(
                own,
                SettingSource.properties(Map.of(
                        "cipherfield.key", "not a key",
                        "cipherfield.decrypt-only-keys-file", "/does/not/exist",
                        "cipherfield.suite", "xaes-256-gcm",
                        "cipherfield.plaintext", "allow")));
        assertThat(configuration.keyring()).isSameAs(own);
        assertThat(configuration.suite()).isEqualTo(Suite.XAES_256_GCM);
        assertThat(configuration.plaintext()).isEqualTo(PlaintextPolicy.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "cipherfield.suite",
        "cipherfield.storage",
        "cipherfield.plaintext",
        "cipherfield.startup-check",
        "cipherfield.mixed-keys"
    })
    void a_value_that_a_setting_cannot_have_is_named_by_its_setting_alone(String setting) {
        assertThatThrownBy(() -> from(Map.of(setting, key.toBase64())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The property " + setting + " ")
                .hasMessageContaining("Set one of [")
                .hasMessageNotContaining(key.toBase64().substring(0, 10));
    }

    @Test
    void new_randomised_values_cannot_be_deterministic() {
        assertThatThrownBy(() -> from(Map.of("cipherfield.suite", "aes-siv-deterministic")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The property cipherfield.suite names no cipher suite. Set one of [aes-siv, xaes-256-gcm].");
        assertThatThrownBy(() -> CipherfieldConfiguration.of(Keyring.of(key)).withSuite(Suite.AES_SIV_DETERMINISTIC))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_setting_has_one_name_in_two_spellings(Setting setting) {
        assertThat(setting.property()).matches("cipherfield\\.[a-z]+(-[a-z]+)*");
        assertThat(setting.environmentVariable())
                .isEqualTo(setting.property().toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"));
        assertThat(SettingSource.environment(Map.of(setting.environmentVariable(), "v"))
                        .find(setting)
                        .value())
                .isEqualTo("v");
        assertThat(SettingSource.properties(Map.of(setting.property(), "v"))
                        .find(setting)
                        .value())
                .isEqualTo("v");
    }
}
