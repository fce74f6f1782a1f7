package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SettingsTest {

    @Entity(name = "Secret")
    static class Secret {
        @Id
        Long id = 1L;

        @Encrypted
        @jakarta.persistence.Column(name = "secret_value")
        String value = "value";

        @Encrypted
        Integer number = 5;
    }

    @Entity(name = "Unencrypted")
    static class Unencrypted {
        @Id
        Long id;
    }

    private static Map<String, Object> withoutKey() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("cipherfield.key", null);
        return settings;
    }

    @Test
    void a_missing_key_stops_the_start_of_an_application_that_encrypts() {
        ConfigurationException refusal = TestFactory.refusal(TestDatabase.H2.fresh(), withoutKey(), Secret.class);

        assertThat(refusal).isNotNull();
        assertThat(refusal.description()).isEqualTo("No encryption key is set.");
        assertThat(refusal.action()).contains("CIPHERFIELD_KEY", "openssl rand -base64 32");
    }

    @Test
    void an_application_without_encrypted_attributes_needs_no_key() {
        assertThat(TestFactory.refusal(TestDatabase.H2.fresh(), withoutKey(), Unencrypted.class))
                .isNull();
    }

    @Test
    void a_ready_configuration_is_taken_as_it_is() {
        CipherKey key = CipherKey.parse(TestFactory.OTHER_KEY);
        Map<String, Object> settings = withoutKey();
        CipherfieldConfiguration configuration = CipherfieldConfiguration.of(Keyring.of(key));
        settings.put(CipherfieldService.CONFIGURATION, configuration);
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings, Secret.class)) {
            factory.persist(new Secret());

            assertThat(keyOf(factory)).isEqualTo(key);
            assertThat(factory.sessions()
                            .unwrap(SessionFactoryImplementor.class)
                            .getServiceRegistry()
                            .requireService(CipherfieldService.class)
                            .configuration())
                    .isSameAs(configuration);
        }
    }

    @Test
    void anything_else_in_its_place_is_refused() {
        Map<String, Object> settings = withoutKey();
        settings.put(CipherfieldService.CONFIGURATION, "a string");

        assertThat(TestFactory.refusal(TestDatabase.H2.fresh(), settings, Secret.class))
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("CipherfieldConfiguration");
    }

    private static CipherKey keyOf(TestFactory factory) {
        String stored = (String) factory.raw("select secret_value from Secret").get(0);
        CiphertextHeader header = CiphertextHeader.of(stored);
        assertThat(header).isNotNull();
        return List.of(TestFactory.key(), CipherKey.parse(TestFactory.OTHER_KEY)).stream()
                .filter(key -> key.id().equals(header.keyId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void two_factories_with_different_keys_stay_apart() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        Map<String, String> other = Map.of("cipherfield.key", TestFactory.OTHER_KEY, "hibernate.hbm2ddl.auto", "none");
        try (TestFactory first = TestFactory.on(TestDatabase.H2.fresh(), Map.of(), Secret.class);
                TestFactory second = TestFactory.on(
                        TestDatabase.H2.fresh(), Map.of("cipherfield.key", TestFactory.OTHER_KEY), Secret.class);
                TestFactory owner = TestFactory.on(database, Map.of(), Secret.class)) {
            first.persist(new Secret());
            second.persist(new Secret());
            owner.persist(new Secret());

            assertThat(keyOf(first)).isEqualTo(TestFactory.key());
            assertThat(keyOf(second)).isEqualTo(CipherKey.parse(TestFactory.OTHER_KEY));
            assertThat(first.find(Secret.class, 1L).value).isEqualTo("value");
            assertThat(second.find(Secret.class, 1L).value).isEqualTo("value");
            // With the start-up check off, since it would not let it start.
            Map<String, String> unchecked = new HashMap<>(other);
            unchecked.put("cipherfield.startup-check", "off");
            try (TestFactory stranger = TestFactory.on(database, unchecked, Secret.class)) {
                assertThatThrownBy(() -> stranger.find(Secret.class, 1L))
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("SettingsTest$Secret.")
                        .hasMessageContaining(TestFactory.key().id().toString())
                        .hasMessageContaining("CIPHERFIELD_DECRYPT_ONLY_KEYS");
            }
        }
    }

    @Test
    void a_previous_key_still_reads() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (TestFactory old = TestFactory.on(database, Map.of(), Secret.class)) {
            old.persist(new Secret());
        }
        Map<String, String> rotated = Map.of(
                "cipherfield.key",
                TestFactory.OTHER_KEY,
                "cipherfield.decrypt-only-keys",
                TestFactory.KEY,
                "hibernate.hbm2ddl.auto",
                "none");
        try (TestFactory factory = TestFactory.on(database, rotated, Secret.class)) {
            assertThat(factory.find(Secret.class, 1L).value).isEqualTo("value");
            factory.sessions().inTransaction(session -> session.find(Secret.class, 1L).value = "new");

            assertThat(keyOf(factory)).isEqualTo(CipherKey.parse(TestFactory.OTHER_KEY));
        }
    }

    @Test
    void notices_and_an_allowed_plaintext_are_logged_once_at_start() {
        Logger logger = (Logger) LoggerFactory.getLogger(CipherfieldService.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        Map<String, String> settings =
                Map.of("cipherfield.decrypt-only-keys", TestFactory.KEY, "cipherfield.plaintext", "allow");
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings, Secret.class)) {
            factory.persist(new Secret());
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        notice -> assertThat(notice)
                                .contains("listed more than once")
                                .doesNotContain(TestFactory.KEY),
                        warning -> assertThat(warning).contains("cipherfield.plaintext=allow"));
    }

    private static ConfigurationException refusalWithSystemProperty(String value, Map<String, ?> settings) {
        System.setProperty("cipherfield.suite", value);
        try {
            return TestFactory.refusal(TestDatabase.H2.fresh(), settings, Secret.class);
        } finally {
            System.clearProperty("cipherfield.suite");
        }
    }

    @Test
    void a_system_property_is_read_and_named_as_one_also_where_hibernate_hands_it_on_as_a_property() {
        for (Map<String, ?> settings : List.of(Map.<String, Object>of(), Map.of("cipherfield.suite", "rot13"))) {
            assertThat(refusalWithSystemProperty("rot13", settings))
                    .hasMessageStartingWith("The system property cipherfield.suite ");
        }
    }

    @Test
    void a_property_comes_before_a_system_property() {
        assertThat(refusalWithSystemProperty("aes-siv", Map.of("cipherfield.suite", "rot13")))
                .hasMessageStartingWith("The property cipherfield.suite ");
        assertThat(refusalWithSystemProperty("rot13", Map.of("cipherfield.suite", "aes-siv")))
                .isNull();
    }
}
