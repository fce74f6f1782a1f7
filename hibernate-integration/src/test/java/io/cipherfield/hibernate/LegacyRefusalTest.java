package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.ForeignFormat;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.NaturalId;
import org.hibernate.envers.Audited;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Where readers of other systems' values may not be named, and what the setting for plaintext means beside them. */
class LegacyRefusalTest {

    private static final LegacyReaders READERS = LegacyReaders.of(
            ForeignFormat.ENC,
            ForeignFormat.TOKEN,
            ForeignFormat.OWNER,
            ForeignFormat.FIXED,
            ForeignFormat.FIXED_OWNER);

    @Entity(name = "Unknown")
    static class Unknown {
        @Id
        Long id;

        @Encrypted(legacy = {"enc", "jasipt"})
        String secret;
    }

    @Entity(name = "TwoOwners")
    static class TwoOwners {
        @Id
        Long id;

        @Encrypted(legacy = {"enc", "owner", "fixed-owner"})
        String secret;
    }

    @Entity(name = "OwnerAndAllow")
    static class OwnerAndAllow {
        @Id
        Long id;

        @Encrypted(plaintext = PlaintextMode.ALLOW, legacy = "owner")
        String secret;
    }

    @Entity(name = "OwnerAndPrepare")
    static class OwnerAndPrepare {
        @Id
        Long id;

        @Encrypted(plaintext = PlaintextMode.PREPARE, legacy = "owner")
        String secret;
    }

    @Entity(name = "Elements")
    static class Elements {
        @Id
        Long id;

        @ElementCollection
        @Encrypted(deterministic = true, legacy = "fixed")
        Set<String> tags;
    }

    @Embeddable
    static class Part {
        @Encrypted(deterministic = true, legacy = "enc")
        String code;
    }

    @Entity(name = "Parts")
    static class Parts {
        @Id
        Long id;

        @ElementCollection
        Set<Part> parts;
    }

    @Entity(name = "Keys")
    static class Keys {
        @Id
        Long id;

        @ElementCollection
        Map<Part, String> notes;
    }

    @Entity(name = "Natural")
    static class Natural {
        @Id
        Long id;

        @NaturalId
        @Encrypted(deterministic = true, legacy = "enc")
        String tax;
    }

    @Entity(name = "History")
    @Audited
    static class History {
        @Id
        Long id;

        @ElementCollection
        @Encrypted(deterministic = true, legacy = "enc")
        List<String> notes;
    }

    @Entity(name = "Mixed")
    static class Mixed {
        @Id
        Long id;

        @Encrypted(legacy = "owner")
        String owned;

        @Encrypted(legacy = {"enc", "token"})
        String marked;
    }

    @Entity(name = "Prepared")
    static class Prepared {
        @Id
        Long id = 1L;

        @Encrypted(plaintext = PlaintextMode.PREPARE, legacy = "enc")
        String secret;
    }

    private static Map<String, Object> settings(String plaintext) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CipherfieldService.LEGACY_READERS, READERS);
        settings.put(Setting.PLAINTEXT.property(), plaintext);
        return settings;
    }

    private static void refused(Class<?> entity, String... words) {
        ConfigurationException refusal = Objects.requireNonNull(
                TestFactory.refusal(TestDatabase.H2.fresh(), settings("refuse"), entity), "a refusal");
        assertThat(refusal.getMessage()).contains(words);
    }

    @Test
    void a_name_that_no_reader_has() {
        refused(Unknown.class, "Unknown.secret", "jasipt", "enc", "cipherfield.legacy");
    }

    @Test
    void two_readers_that_own_what_bears_no_mark() {
        refused(TwoOwners.class, "TwoOwners.secret", "owner", "fixed-owner", "Leave one of them");
    }

    @Test
    void plaintext_beside_an_owner() {
        refused(OwnerAndAllow.class, "OwnerAndAllow.secret", "plaintext = ALLOW", "owner", "Leave plaintext out");
        refused(OwnerAndPrepare.class, "OwnerAndPrepare.secret", "plaintext = PREPARE", "owner");
    }

    @Test
    void values_by_which_rows_are_found() {
        refused(Elements.class, "Elements.tags", "element of a Set", "fixed", "re-encryption job");
        refused(Parts.class, "Parts.parts", "element of a Set", "enc");
        refused(Keys.class, "Keys.notes", "key of a Map", "enc");
        refused(Natural.class, "Natural.tax", "@NaturalId", "enc");
        refused(History.class, "notes", "audit table", "@NotAudited", "enc");
    }

    private static List<String> warnings(Class<?> of, String plaintext) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(of);
        logger.addAppender(log);
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings(plaintext), Mixed.class)) {
            return log.list.stream()
                    .filter(event -> event.getLevel() == ch.qos.logback.classic.Level.WARN)
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void each_start_warns_of_readers_by_attribute_and_name() {
        assertThat(warnings(LegacyWarning.class, "refuse"))
                .singleElement()
                .asString()
                .contains("Mixed.marked by enc (not authenticated), ")
                .contains("Mixed.marked by token, ")
                .contains("Mixed.owned by owner.")
                .contains("without knowing the password")
                .contains("take the readers out");
    }

    @Test
    void each_start_warns_of_a_setting_that_allows_plaintext() {
        assertThat(warnings(CipherfieldService.class, "allow"))
                .anyMatch(warning -> warning.startsWith("cipherfield.plaintext=allow: "));
        assertThat(warnings(LegacyWarning.class, "allow"))
                .anyMatch(warning -> warning.contains("cipherfield.plaintext=allow does not apply to")
                        && warning.contains("Mixed.owned:")
                        && !warning.contains("Mixed.marked"));
    }

    @Test
    void the_setting_allows_plaintext_beside_marks_and_not_beside_an_owner() {
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings("allow"), Mixed.class)) {
            factory.execute("insert into Mixed (id, marked) values (1, 'plain'), (2, '"
                    + ForeignFormat.TOKEN.write("foreign") + "')");
            assertThat(factory.find(Mixed.class, 1L).marked).isEqualTo("plain");
            assertThat(factory.find(Mixed.class, 2L).marked).isEqualTo("foreign");

            factory.execute("insert into Mixed (id, owned) values (3, 'plain')");
            assertThatThrownBy(() -> factory.find(Mixed.class, 3L))
                    .hasMessageContaining("Mixed.owned")
                    .hasMessageContaining("legacy reader owner");
        }
    }

    @Test
    void the_setting_prepare_leaves_what_an_owner_reads_encrypted() {
        assertThat(warnings(PlaintextWarning.class, "prepare"))
                .anyMatch(warning -> warning.contains("WRITTEN IN CLEAR") && warning.contains("Mixed.marked"))
                .anyMatch(warning -> warning.contains("STILL WRITTEN ENCRYPTED") && warning.contains("Mixed.owned"));
    }

    @Test
    void what_is_written_in_clear_must_not_bear_a_readers_mark() {
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings("refuse"), Prepared.class)) {
            factory.execute("insert into Prepared (id, secret) values (1, '" + ForeignFormat.ENC.write("old") + "')");
            assertThat(factory.find(Prepared.class, 1L).secret).isEqualTo("old");
            factory.sessions().inTransaction(session -> session.find(Prepared.class, 1L).secret = "new");
            assertThat(factory.raw("select secret from Prepared")).containsExactly("new");

            assertThatThrownBy(() -> factory.sessions()
                            .inTransaction(session -> session.find(Prepared.class, 1L).secret = "ENC(a word)"))
                    .hasStackTraceContaining("Prepared.secret")
                    .hasStackTraceContaining("mark of the legacy reader enc")
                    .satisfies(error -> assertThat(error.toString()).doesNotContain("a word"));
            assertThat(factory.raw("select secret from Prepared")).containsExactly("new");
        }
    }

    @Test
    void plaintext_that_looks_like_a_marked_value_or_a_ciphertext_is_an_error_that_says_so() {
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings("allow"), Mixed.class)) {
            factory.execute("insert into Mixed (id, marked) values (1, 'ENC(a word)'), (2, 'zwF" + "x".repeat(97)
                    + "'), (3, 'ENC(without an end'), (4, 'zwF short')");
            assertThatThrownBy(() -> factory.find(Mixed.class, 1L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Mixed.marked")
                    .hasMessageContaining("only looks like a value of that reader")
                    .hasMessageContaining("docs/plaintext.md");
            assertThatThrownBy(() -> factory.find(Mixed.class, 2L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Mixed.marked")
                    .hasMessageContaining("only looks like a ciphertext");
            assertThat(factory.find(Mixed.class, 3L).marked).isEqualTo("ENC(without an end");
            assertThat(factory.find(Mixed.class, 4L).marked).isEqualTo("zwF short");
        }
    }

    @Test
    void a_list_and_a_deterministic_attribute_may_name_them() {
        assertThatCode(() -> TestFactory.on(TestDatabase.H2.fresh(), settings("refuse"), Fine.class)
                        .close())
                .doesNotThrowAnyException();
    }

    @Entity(name = "Fine")
    static class Fine {
        @Id
        Long id;

        @Encrypted(
                deterministic = true,
                legacy = {"fixed", "enc", "enc"})
        String tax;

        @ElementCollection
        @Encrypted(legacy = "enc")
        List<String> notes;
    }
}
