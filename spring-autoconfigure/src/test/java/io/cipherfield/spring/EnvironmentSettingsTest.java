package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.SettingSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentSettingsTest {

    private static final String KEY = "/oXkBv7/x2Fq9mJtW4cRzP0yLsNd8GhUe3VaQ6iKbT0=";

    @ParameterizedTest
    @EnumSource
    void every_setting_is_found_by_its_environment_variable(Setting setting) {
        SettingSource settings = variables(Map.of(setting.environmentVariable(), "value"));

        assertThat(settings.find(setting).value()).isEqualTo("value");
        assertThat(settings.find(setting).origin())
                .isEqualTo("The environment variable " + setting.environmentVariable());
    }

    @ParameterizedTest
    @EnumSource
    void every_setting_is_found_by_its_property(Setting setting) {
        SettingSource settings = properties(Map.of(setting.property(), "value"));

        assertThat(settings.find(setting).value()).isEqualTo("value");
        assertThat(settings.find(setting).origin())
                .isEqualTo("The property " + setting.property() + " (from application)");
    }

    @ParameterizedTest
    @EnumSource
    void every_setting_is_found_in_another_spelling(Setting setting) {
        String camelCase = setting.property().replace("-", "").toUpperCase(Locale.ROOT);
        SettingSource settings = properties(Map.of(camelCase, "value"));

        assertThat(settings.find(setting).value()).isEqualTo("value");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_set_is_not_found(Setting setting) {
        assertThat(properties(Map.of("cipherfield.other", "value")).find(setting))
                .isNull();
    }

    @Test
    void a_key_is_not_taken_for_a_key_file() {
        SettingSource settings = variables(Map.of("CIPHERFIELD_KEY_FILE", "/run/secrets/key"));

        assertThat(settings.find(Setting.KEY)).isNull();
    }

    @Test
    void the_elements_of_a_list_are_joined_by_commas() {
        SettingSource settings = properties(
                Map.of("cipherfield.decrypt-only-keys[0]", "one", "cipherfield.decrypt-only-keys[1]", "two"));

        assertThat(settings.find(Setting.DECRYPT_ONLY_KEYS).value()).isEqualTo("one,two");
    }

    @Test
    void a_placeholder_is_resolved() {
        SettingSource settings = properties(Map.of("cipherfield.key", "${vault.key}", "vault.key", KEY));

        assertThat(settings.find(Setting.KEY).value()).isEqualTo(KEY);
    }

    @Test
    void a_placeholder_for_nothing_is_refused_without_showing_the_value() {
        SettingSource settings = properties(Map.of("cipherfield.key", "secret${vault.key}secret"));

        Throwable thrown = catchThrowable(() -> settings.find(Setting.KEY));

        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The property cipherfield.key (from application) refers to another property by ${…}, and that"
                                + " one is not set. Set the other one, or replace the placeholder.");
        assertThat(stackTrace(thrown)).doesNotContain("secret$");
    }

    @Test
    void a_mounted_config_tree_is_read(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("cipherfield.key"), KEY + "\n");

        withConfigData("spring.config.import=configtree:" + directory + "/")
                .run(context -> assertThat(CipherfieldConfiguration.from(settings(context.getEnvironment()))
                                .keyring()
                                .primary())
                        .isEqualTo(CipherKey.parse(KEY)));
    }

    @Test
    void a_malformed_key_is_named_by_file_and_line_and_not_shown(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("clinic.properties"), "\ncipherfield.key=" + KEY.substring(2));

        withConfigData("spring.config.import=file:" + file)
                .run(context -> assertThatThrownBy(
                                () -> CipherfieldConfiguration.from(settings(context.getEnvironment())))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("The property cipherfield.key (from ")
                        .hasMessageContaining("clinic.properties")
                        .hasMessageContaining("2:17")
                        .hasMessageNotContaining(KEY.substring(2)));
    }

    @Test
    void a_list_in_yaml_is_read(@TempDir Path directory) throws IOException {
        CipherKey old = CipherKey.parse("BQK9SaZomxkaLl8lFU8gAIGd931ZQ6ZDPJ3qjWFoUaI=");
        CipherKey older = CipherKey.parse("7a83TqHcx7E96Xk4a3i70HaTNU8W7sC5zwFMETJnUHw=");
        Path file = Files.writeString(
                directory.resolve("clinic.yaml"),
                "cipherfield:\n  key: " + KEY + "\n  decrypt-only-keys:\n    - " + old.toBase64() + "\n    - "
                        + older.toBase64() + "\n");

        withConfigData("spring.config.import=file:" + file)
                .run(context -> assertThat(CipherfieldConfiguration.from(settings(context.getEnvironment()))
                                .keyring()
                                .keys())
                        .containsExactly(CipherKey.parse(KEY), old, older));
    }

    private static ApplicationContextRunner withConfigData(String property) {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withSystemProperties(property);
    }

    private static SettingSource settings(Environment environment) {
        return new EnvironmentSettings(environment);
    }

    private static SettingSource properties(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("application", properties));
        return new EnvironmentSettings(environment);
    }

    private static SettingSource variables(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return new EnvironmentSettings(environment);
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
