package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.MixedKeysPolicy;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.Setting;
import io.cipherfield.SettingSource;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.StoragePreference;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.reencrypt.JobProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** The metadata is written by hand for IDEs, and its names and defaults have their home in the core. */
class ConfigurationMetadataTest {

    private static final Map<String, Object> METADATA = read();

    private static final List<String> OF_JOBS = List.of(
            Job.PROPERTY,
            Job.CONFIRM,
            JobSelection.PROPERTY,
            JobOptions.PARALLELISM,
            JobOptions.MAX_ROWS_PER_SECOND,
            JobOptions.MAX_FAILURES,
            JobOptions.FROM,
            JobOptions.COPY_OVERWRITE,
            CopySelection.FROM,
            CopySelection.TO,
            JobOptions.FLAG_FILE,
            JobOptions.REPORT_FILE,
            JobProperties.ACCEPT_PLAINTEXT,
            JobProperties.ALLOW_TRIGGERS,
            JobProperties.ALLOW_VERSIONED_HISTORY);

    @Test
    void every_setting_and_those_of_jobs_are_described_and_nothing_else() {
        assertThat(properties("name").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Arrays.stream(Setting.values()).map(Setting::property), OF_JOBS.stream())
                                .toList());
        assertThat(properties("description")).hasSize(Setting.values().length + OF_JOBS.size());
        assertThat(properties("type")).hasSize(Setting.values().length + OF_JOBS.size());
    }

    @Test
    void every_type_exists() {
        assertThat(properties("type").values()).allSatisfy(type -> Class.forName(type.replaceFirst("<.*", "")));
    }

    @Test
    void the_defaults_are_those_of_the_core() {
        CipherfieldConfiguration byDefault = CipherfieldConfiguration.of(
                Keyring.of(CipherKey.parse("jHpHusy9ABAjiOiD9SVtLyS53V9nwsrXoAGPmWR0iRY=")));

        assertThat(properties("defaultValue"))
                .isEqualTo(Map.of(
                        Setting.SUITE.property(), byDefault.suite().label(),
                        Setting.STORAGE.property(), lowerCase(byDefault.storage()),
                        Setting.PLAINTEXT.property(), lowerCase(byDefault.plaintext()),
                        Setting.STARTUP_CHECK.property(), lowerCase(byDefault.startupCheck()),
                        Setting.MIXED_KEYS.property(), lowerCase(byDefault.mixedKeys())));
    }

    @Test
    void the_proposed_values_are_those_that_there_are() {
        assertThat(hints(Setting.STORAGE.property())).isEqualTo(lowerCase(StoragePreference.values()));
        assertThat(hints(Setting.PLAINTEXT.property())).isEqualTo(lowerCase(PlaintextPolicy.values()));
        assertThat(hints(Setting.STARTUP_CHECK.property())).isEqualTo(lowerCase(StartupCheckMode.values()));
        assertThat(hints(Setting.MIXED_KEYS.property())).isEqualTo(lowerCase(MixedKeysPolicy.values()));
        assertThat(hints(Setting.SUITE.property())).containsExactly(Suite.AES_SIV.label(), Suite.XAES_256_GCM.label());
        assertThat(hints(Job.PROPERTY))
                .isEqualTo(Arrays.stream(Job.values()).map(Job::toString).toList());
    }

    @Test
    void every_proposed_value_is_accepted() {
        for (Setting setting :
                List.of(Setting.SUITE, Setting.STORAGE, Setting.PLAINTEXT, Setting.STARTUP_CHECK, Setting.MIXED_KEYS)) {
            for (String value : hints(setting.property())) {
                CipherfieldConfiguration.from(SettingSource.properties(Map.of(
                        Setting.KEY.property(),
                        CipherKey.parse("u5bVlTJ1vwGhYsszxeICz2UeVrVVW5GDmGueI0up2xo=")
                                .toBase64(),
                        setting.property(),
                        value)));
            }
        }
    }

    private static Map<String, String> properties(String member) {
        Map<String, String> values = new TreeMap<>();
        for (Map<String, Object> property : list(METADATA, "properties")) {
            if (property.containsKey(member)) {
                values.put((String) property.get("name"), (String) property.get(member));
            }
        }
        return values;
    }

    private static List<String> hints(String property) {
        return list(METADATA, "hints").stream()
                .filter(hint -> property.equals(hint.get("name")))
                .flatMap(hint -> list(hint, "values").stream())
                .map(value -> (String) value.get("value"))
                .toList();
    }

    private static List<String> lowerCase(Enum<?>... values) {
        return Arrays.stream(values).map(ConfigurationMetadataTest::lowerCase).toList();
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> object, String member) {
        return (List<Map<String, Object>>) object.get(member);
    }

    /** Other jars have a file of this name too: ours is the one with our properties. */
    private static Map<String, Object> read() {
        try {
            for (URL url : Collections.list(ConfigurationMetadataTest.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream in = url.openStream()) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    if (text.contains(Setting.KEY.property())) {
                        return JsonParserFactory.getJsonParser().parseMap(text);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("There is no metadata");
    }
}
