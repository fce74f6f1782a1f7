package io.cipherfield.hibernate.internal.startup;

import static io.cipherfield.hibernate.testing.ForeignFormat.ENC;
import static io.cipherfield.hibernate.testing.ForeignFormat.OWNER;
import static io.cipherfield.hibernate.testing.ForeignFormat.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.PlaintextMode;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What the start-up check says of other systems' values, and of what need not be read any more. */
class LegacySampleTest {

    @Entity(name = "Old")
    @Table(name = "old_values")
    static class Old {
        @Id
        Long id = 1L;

        @Encrypted(legacy = {"enc", "token"})
        String secret;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        Integer age;
    }

    @Entity(name = "Allowing")
    @Table(name = "old_values")
    static class Allowing {
        @Id
        Long id = 1L;

        @Encrypted(plaintext = PlaintextMode.ALLOW)
        String secret;
    }

    @Entity(name = "Inheriting")
    @Table(name = "old_values")
    static class Inheriting {
        @Id
        Long id = 1L;

        @Encrypted(legacy = "enc")
        String secret;
    }

    @Entity(name = "InBytes")
    @Table(name = "old_values")
    static class InBytes {
        @Id
        Long id = 1L;

        @Encrypted(legacy = "owner")
        Integer age;
    }

    @Entity(name = "InText")
    @Table(name = "old_values")
    static class InText {
        @Id
        Long id = 1L;

        @Encrypted(legacy = "token")
        String age;
    }

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
        logger().setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(OpenDoors.class);
    }

    /** The lines of the last start. */
    private List<String> doors() {
        List<String> lines = log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .flatMap(String::lines)
                .filter(line -> line.startsWith("    "))
                .map(String::trim)
                .toList();
        log.list.clear();
        return lines;
    }

    private static ColumnCheckUnit unit(TestDatabase kind, String type) {
        return new ColumnCheckUnit(kind.fresh())
                .set(CipherfieldService.LEGACY_READERS, LegacyReaders.of(ENC, TOKEN, OWNER))
                .execute("create table old_values (id bigint primary key, secret varchar(1083)"
                        + (kind == TestDatabase.MARIADB ? " character set utf8mb4 collate utf8mb4_bin" : "")
                        + ", age " + type + ")");
    }

    private static String text(TestDatabase kind, int length) {
        return "varchar(" + length + ")"
                + (kind == TestDatabase.MARIADB ? " character set utf8mb4 collate utf8mb4_bin" : "");
    }

    @ParameterizedTest
    @EnumSource
    void a_value_that_a_reader_claims_is_no_error_and_one_that_nobody_claims_is(TestDatabase kind) {
        ColumnCheckUnit unit = unit(kind, text(kind, 255))
                .execute(
                        "insert into old_values values (1, '" + ENC.write("x".repeat(300)) + "', '" + OWNER.write("7")
                                + "')",
                        "insert into old_values values (2, '" + TOKEN.write("y") + "', null)");
        assertThatCode(() -> unit.start(Old.class).close()).doesNotThrowAnyException();
        assertThat(doors()).isEmpty();

        unit.execute("insert into old_values values (3, 'needle', null)");
        assertThat(unit.errors(Old.class))
                .singleElement()
                .asString()
                .contains("old_values.secret", "Old.secret", "nor claimed by enc, token");
        assertThat(unit.message())
                .contains("values that are not encrypted", "@Encrypted(legacy")
                .doesNotContain("needle");
    }

    @ParameterizedTest
    @EnumSource
    void a_value_of_an_owner_that_starts_like_a_ciphertext_is_said_to_be_one_perhaps(TestDatabase kind) {
        String lookalike = "zwFOJ9T0" + "A".repeat(80);
        ColumnCheckUnit unit =
                unit(kind, text(kind, 255)).execute("insert into old_values values (1, null, '" + lookalike + "')");
        assertThat(unit.errors(Old.class)).singleElement().asString().contains("old_values.age", "key 4e27d4f4");
        assertThat(unit.message())
                .contains("value of the legacy reader owner", "docs/legacy.md")
                .doesNotContain(lookalike);
    }

    @ParameterizedTest
    @EnumSource
    void a_number_in_a_column_of_text_fits_or_gets_its_statement(TestDatabase kind) {
        ColumnCheckUnit unit = unit(kind, text(kind, 40) + " not null")
                .execute("insert into old_values values (1, null, '" + OWNER.write("7") + "')");
        assertThat(unit.errors(Old.class)).singleElement().asString().contains("Old.age", "(40)", "68 characters");
        assertThat(unit.statements()).hasSize(1);
        try (SessionFactory factory = unit.follow().start(Old.class)) {
            assertThat(factory.fromTransaction(session -> session.find(Old.class, 1L)).age)
                    .isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_column_of_the_other_kind_is_refused_with_the_storage_that_reads_it(TestDatabase kind) {
        ColumnCheckUnit unit = unit(kind, text(kind, 255))
                .execute("insert into old_values values (1, null, '" + OWNER.write("7") + "')");
        assertThat(unit.errors(InBytes.class)).anyMatch(line -> line.contains("say storage = TEXT"));
    }

    @ParameterizedTest
    @CsvSource("POSTGRESQL, bytea")
    void so_is_text_in_a_column_of_bytes(TestDatabase kind, String type) {
        assertThat(unit(kind, type).errors(InText.class)).anyMatch(line -> line.contains("say storage = BINARY"));
    }

    @ParameterizedTest
    @EnumSource
    void what_no_row_that_was_looked_at_holds_is_named_as_a_door_that_can_be_closed(TestDatabase kind) {
        ColumnCheckUnit unit = unit(kind, text(kind, 255))
                .execute("insert into old_values values (1, '" + ENC.write("x") + "', '" + OWNER.write("7") + "')");
        unit.start(Old.class).close();
        assertThat(doors()).containsExactly(Old.class.getName() + ".secret: values of its legacy reader token");

        unit.execute("update old_values set secret = null, age = null");
        unit.start(Old.class).close();
        assertThat(doors()).hasSize(3).anyMatch(line -> line.endsWith(".age: values of its legacy reader owner"));

        unit.start(Allowing.class).close();
        assertThat(doors())
                .containsExactly(
                        Allowing.class.getName() + ".secret: plaintext, which its plaintext = ALLOW lets be read");
        unit.execute("update old_values set secret = 'plain'");
        unit.start(Allowing.class).close();
        assertThat(doors()).isEmpty();

        unit.plaintext(PlaintextPolicy.ALLOW);
        unit.start(Inheriting.class).close();
        assertThat(doors()).containsExactly(Inheriting.class.getName() + ".secret: values of its legacy reader enc");
        unit.execute("update old_values set secret = '" + ENC.write("x") + "'");
        unit.start(Inheriting.class).close();
        assertThat(doors()).singleElement().asString().contains("cipherfield.plaintext=allow lets be read");
    }
}
