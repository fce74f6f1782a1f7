package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** {@code Persistence.createEntityManagerFactory}, with settings from its map and from persistence.xml. */
class PlainJpaTest {

    @Entity(name = "Note")
    static class Note {
        @Id
        Long id = 1L;

        @Encrypted
        String text = "note";
    }

    @Test
    void the_map_and_the_persistence_unit_configure_it() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        Map<String, Object> settings = database.settings();
        settings.put("cipherfield.key", TestFactory.KEY);
        try (EntityManagerFactory factory = Persistence.createEntityManagerFactory("plain-jpa", settings)) {
            try (EntityManager entities = factory.createEntityManager()) {
                entities.getTransaction().begin();
                entities.persist(new Note());
                entities.getTransaction().commit();
                entities.clear();
                assertThat(entities.find(Note.class, 1L).text).isEqualTo("note");
            }
            try (Connection connection = database.connect();
                    ResultSet rows = connection.createStatement().executeQuery("select text from Note")) {
                rows.next();
                assertThat(CiphertextHeader.of(rows.getBytes(1))).isNotNull();
            }
        }
    }

    /** What all loggers say at TRACE, without the console. */
    private static List<ILoggingEvent> logOf(Runnable action) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Level before = root.getLevel();
        root.iteratorForAppenders().forEachRemaining(Appender::stop);
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        try {
            action.run();
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
            root.iteratorForAppenders().forEachRemaining(Appender::start);
        }
        return log.list;
    }

    private static List<ILoggingEvent> warnings(List<ILoggingEvent> log) {
        return log.stream()
                .filter(event -> event.getLoggerName().equals(CipherfieldServiceContributor.class.getName()))
                .toList();
    }

    private static boolean holdsKey(ILoggingEvent event) {
        return event.getFormattedMessage().contains(TestFactory.KEY)
                || event.getFormattedMessage().contains(TestFactory.OTHER_KEY);
    }

    @Test
    void keys_in_the_map_are_not_in_what_hibernate_keeps() {
        Map<String, Object> settings = TestDatabase.H2.fresh().settings();
        settings.put("cipherfield.key", TestFactory.KEY);
        settings.put("cipherfield.decrypt-only-keys", TestFactory.OTHER_KEY);

        List<ILoggingEvent> log = logOf(() -> {
            try (EntityManagerFactory factory = Persistence.createEntityManagerFactory("plain-jpa", settings)) {
                assertThat(factory.getProperties())
                        .doesNotContainKeys("cipherfield.key", "cipherfield.decrypt-only-keys")
                        .doesNotContainValue(TestFactory.KEY)
                        .doesNotContainValue(TestFactory.OTHER_KEY)
                        .containsEntry("cipherfield.storage", "binary");
            }
        });

        // Hibernate's JPA bootstrap prints the persistence unit with its properties, passwords too, before it looks for
        // contributors.
        assertThat(log)
                .isNotEmpty()
                .allMatch(
                        event -> !holdsKey(event) || event.getFormattedMessage().contains("PersistenceUnitInfo"));
        assertThat(warnings(log)).singleElement().satisfies(warning -> {
            assertThat(warning.getLevel()).isEqualTo(Level.WARN);
            assertThat(warning.getFormattedMessage())
                    .contains("cipherfield.key and cipherfield.decrypt-only-keys", "DEBUG")
                    .contains("CIPHERFIELD_KEY", "CIPHERFIELD_KEY_FILE", "cipherfield.configuration");
        });
        assertThat(log)
                .filteredOn(PlainJpaTest::holdsKey)
                .allMatch(event -> warnings(log).get(0).getFormattedMessage().contains(event.getLoggerName()));
    }

    @Test
    void a_ready_configuration_leaves_no_key_in_any_log() {
        Map<String, Object> settings = TestDatabase.H2.fresh().settings();
        settings.put(
                CipherfieldService.CONFIGURATION,
                CipherfieldConfiguration.of(Keyring.of(TestFactory.key(), CipherKey.parse(TestFactory.OTHER_KEY))));

        List<ILoggingEvent> log = logOf(() ->
                Persistence.createEntityManagerFactory("plain-jpa", settings).close());

        assertThat(log)
                .noneMatch(PlainJpaTest::holdsKey)
                .noneMatch(warnings(log)::contains)
                .anyMatch(event -> event.getFormattedMessage().contains("PersistenceUnitInfo"));
    }

    @Test
    void a_missing_key_is_the_cause_of_the_failure_to_start() {
        Map<String, Object> settings = TestDatabase.H2.fresh().settings();

        assertThatThrownBy(() -> Persistence.createEntityManagerFactory("plain-jpa", settings))
                .satisfies(failure -> {
                    Throwable cause = failure;
                    while (cause != null && !(cause instanceof ConfigurationException)) {
                        cause = cause.getCause();
                    }
                    assertThat(cause).hasMessageContaining("No encryption key is set.");
                });
    }
}
