package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.testing.InstalledReader;
import io.cipherfield.legacy.LegacyReaders;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers of other systems' values from Hibernate's own settings, from the service loader and as objects. */
class ConfiguredReadersTest {

    private static final String SECRET = "some secret of Redash's";

    private StandardServiceRegistry registry;

    @AfterEach
    void close() {
        StandardServiceRegistryBuilder.destroy(registry);
    }

    private LegacyReaders readers(Map<String, Object> settings) {
        registry = new StandardServiceRegistryBuilder().applySettings(settings).build();
        return registry.requireService(CipherfieldService.class).legacyReaders();
    }

    @Test
    void a_reader_is_found_among_the_settings_and_its_secret_stays_in_none_of_them() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("cipherfield.legacy.redash.old.secret", SECRET);
        settings.put("cipherfield.legacy.jasypt.older.encryptor", "basic-text");
        settings.put("jasypt.encryptor.password", SECRET);
        assertThat(readers(settings).named("old")).hasToString("legacy reader old (redash)");
        assertThat(registry.requireService(ConfigurationService.class).getSettings())
                .containsKey("cipherfield.legacy.jasypt.older.encryptor")
                .doesNotContainValue(SECRET);
    }

    @Test
    void the_service_loader_s_readers_and_those_that_are_given_stand_beside_them() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("cipherfield.legacy.redash.old.secret", SECRET);
        InstalledReader own = new InstalledReader();
        assertThat(readers(settings).named("installed")).isInstanceOf(InstalledReader.class);
        close();
        settings.put(CipherfieldService.LEGACY_READERS, LegacyReaders.of(own));
        assertThatThrownBy(() -> readers(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Two legacy readers have the name installed");
    }
}
