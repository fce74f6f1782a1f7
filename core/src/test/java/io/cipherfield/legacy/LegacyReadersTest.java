package io.cipherfield.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingName;
import io.cipherfield.SettingSource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyReadersTest {

    private static final String FERNET_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
    private static final String SECRET = "some secret of Redash's";

    @Test
    void a_reader_is_found_by_its_environment_variables_under_a_name_with_hyphens() {
        LegacyReaders readers = LegacyReaders.from(
                SettingSource.environment(Map.of("CIPHERFIELD_LEGACY_FERNET_OLD_APP_KEY", FERNET_KEY)));
        assertThat(readers.named("old-app").name()).isEqualTo("old-app");
        assertThat(readers.named("old-app")).isSameAs(readers.named("old-app"));
    }

    @Test
    void a_secret_may_come_from_a_file(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("key"), FERNET_KEY + "\n");
        assertThat(properties("cipherfield.legacy.fernet.old.key-file", file.toString())
                        .named("old"))
                .hasToString("legacy reader old (fernet)");
    }

    @Test
    void a_secret_that_is_put_where_its_file_belongs_is_not_shown() {
        assertThatThrownBy(() -> properties("cipherfield.legacy.fernet.old.key-file", FERNET_KEY)
                        .named("old"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The property cipherfield.legacy.fernet.old.key-file names no file that exists, and may hold a"
                                + " secret where the path of a file belongs. If it is a secret, put it into the setting without"
                                + " \"file\" at the end; if it is a path, check it, and that the secret is mounted.");
    }

    @Test
    void an_empty_file_and_a_secret_beside_its_file_are_refused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "\n");
        assertThatThrownBy(() -> properties("cipherfield.legacy.redash.old.secret-file", file.toString())
                        .named("old"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The property cipherfield.legacy.redash.old.secret-file names the file " + file
                        + ", which is empty. Write the secret into it, and nothing else.");
        assertThatThrownBy(() -> properties(
                                "cipherfield.legacy.redash.old.secret-file",
                                file.toString(),
                                "cipherfield.legacy.redash.old.secret",
                                SECRET)
                        .named("old"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The property cipherfield.legacy.redash.old.secret and the property"
                                + " cipherfield.legacy.redash.old.secret-file are both set. Keep one of them, and unset the other.");
    }

    @Test
    void a_missing_secret_is_named_with_its_property_and_its_environment_variable() {
        assertThatThrownBy(() -> properties("cipherfield.legacy.jasypt.old-app.algorithm", "PBEWithMD5AndDES")
                        .named("old-app"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The legacy reader old-app (jasypt) has no password. Set"
                        + " CIPHERFIELD_LEGACY_JASYPT_OLD_APP_PASSWORD (cipherfield.legacy.jasypt.old-app.password), or"
                        + " CIPHERFIELD_LEGACY_JASYPT_OLD_APP_PASSWORD_FILE to a file that holds it.");
    }

    @Test
    void two_types_under_one_name_are_refused() {
        assertThatThrownBy(() -> properties(
                                "cipherfield.legacy.redash.old.secret", SECRET,
                                "cipherfield.legacy.fernet.old.key", FERNET_KEY)
                        .named("old"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Legacy readers of two types have the name old: cipherfield.legacy.fernet.old and"
                        + " cipherfield.legacy.redash.old. Give one of them another name, or unset its options.");
    }

    @Test
    void a_name_that_nobody_has_is_refused_with_what_there_is() {
        assertThatThrownBy(() -> LegacyReaders.of(new ShoutedValues("shouted"))
                        .and(properties("cipherfield.legacy.redash.old.secret", " "))
                        .named("old"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("There is no legacy reader of the name old; the application gives [shouted], and no"
                        + " cipherfield.legacy.<type>.old.<option> is set. Configure it (a type is one of [jasypt, fernet,"
                        + " redash, metabase, dbackup, freeboard]), or correct the name.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Old", "old app", "old.app", "-old", "alt_für"})
    void a_name_that_no_environment_variable_could_have_is_refused(String name) {
        assertThatThrownBy(() -> LegacyReaders.of().named(name))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("lower-case letters, digits and hyphens");
        assertThatThrownBy(() -> LegacyReaders.of(new ShoutedValues(name))).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void readers_of_the_application_stand_beside_configured_ones_and_two_of_one_name_are_refused() {
        LegacyReader own = new ShoutedValues("own");
        LegacyReaders both = LegacyReaders.of(own).and(properties("cipherfield.legacy.redash.old.secret", SECRET));
        assertThat(both.named("own")).isSameAs(own);
        assertThat(both.named("old").name()).isEqualTo("old");
        assertThatThrownBy(() -> LegacyReaders.of(own, new ShoutedValues("own")))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> LegacyReaders.of(own).and(LegacyReaders.of(own)))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() ->
                        both.and(LegacyReaders.of(new ShoutedValues("old"))).named("old"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Two legacy readers have the name old. Give one of them another name.");
    }

    @Test
    void of_two_sources_the_first_one_decides() {
        LegacyReaders readers = properties("cipherfield.legacy.redash.old.secret", SECRET)
                .and(properties(
                        "cipherfield.legacy.redash.old.secret",
                        "another",
                        "cipherfield.legacy.redash.new.secret",
                        "x"));
        assertThat(readers.named("old").name()).isEqualTo("old");
        assertThat(readers.named("new").name()).isEqualTo("new");
    }

    @Test
    void the_service_loader_finds_a_reader_of_the_application() {
        LegacyReaders installed = LegacyReaders.installed(LegacyReadersTest.class.getClassLoader());
        LegacyReader reader = installed.named("shouted");
        assertThat(reader).isInstanceOf(ShoutedValues.class);
        assertThat(Configured.read(reader, "HUNTER2")).isEqualTo("hunter2");
    }

    @Test
    void every_secret_option_is_known_as_one_in_each_spelling_and_no_other_is() {
        for (ReaderType type : ReaderType.ALL) {
            for (Option option : type.options()) {
                LegacySetting setting = new LegacySetting(type.label(), "old-2", option);
                for (String spelling : List.of(
                        setting.property(),
                        setting.environmentVariable(),
                        setting.property().replace("-", "").toUpperCase(java.util.Locale.ROOT))) {
                    assertThat(SettingName.secret(spelling) != null)
                            .as(spelling)
                            .isEqualTo(option.secret());
                }
                assertThat(SettingName.secret(setting.file().property())).isNull();
                assertThat(SettingName.secret(setting.file().environmentVariable()))
                        .isNull();
            }
        }
    }

    @Test
    void no_reader_and_no_error_shows_a_secret() {
        String hidden = "hunter2-".repeat(4);
        for (ReaderType type : ReaderType.ALL) {
            for (Option secret : type.options().stream().filter(Option::secret).toList()) {
                for (Option other : type.options()) {
                    LegacyReaders readers = properties(
                            new LegacySetting(type.label(), "old", other).property(),
                            "wrong",
                            new LegacySetting(type.label(), "old", secret).property(),
                            hidden);
                    String said;
                    try {
                        said = readers.named("old") + " " + readers;
                    } catch (ConfigurationException e) {
                        said = e.toString();
                    }
                    assertThat(said).doesNotContain("hunter2");
                }
            }
        }
    }

    /** Reads a value as an application without Jasypt would. */
    static final class WithoutJasypt {
        public static void main(String[] arguments) {
            for (Map<String, String> settings : List.of(
                    Map.of("cipherfield.legacy.jasypt.old.password", "hunter2"),
                    Map.of("cipherfield.legacy.fernet.old.key", FERNET_KEY))) {
                try {
                    System.out.println(LegacyReaders.from(SettingSource.properties(settings))
                            .named("old"));
                } catch (ConfigurationException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void without_jasypt_on_the_class_path_its_coordinates_are_named_and_all_else_works() throws Exception {
        assertThat(run(List.of()))
                .isEqualTo("The legacy reader old needs Jasypt, which is not on the class path."
                        + " Add the dependency org.jasypt:jasypt:1.9.3.\nlegacy reader old (fernet)\n");
    }

    @Test
    void a_secret_on_the_command_line_is_refused() throws Exception {
        assertThat(run(List.of("-Dcipherfield.legacy.fernet.old.key=" + FERNET_KEY)))
                .contains(
                        "A secret is given on the command line (cipherfield.legacy.fernet.old.key), where every user of"
                                + " this machine can see it. Set it as the environment variable"
                                + " CIPHERFIELD_LEGACY_FERNET_OLD_KEY or in a file, and replace what it opens: others know it now.")
                .doesNotContain(FERNET_KEY);
    }

    private static String run(List<String> options) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jasypt-1"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new java.util.ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, WithoutJasypt.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }

    private static LegacyReaders properties(String... namesAndValues) {
        Map<String, String> settings = new java.util.HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return LegacyReaders.from(SettingSource.properties(settings));
    }
}
