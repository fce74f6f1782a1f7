package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.DecryptionException;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mappers print the text that they fail on; nothing of that gets out. */
class JsonErrorTest {

    public static class Numbers {
        public List<Integer> values;
    }

    public static class Words {
        public Map<String, String> values;

        public Words() {}

        Words(Map<String, String> values) {
            this.values = values;
        }
    }

    public static class Failing {
        public String getValue() {
            throw new IllegalStateException("planted-by-a-getter");
        }

        public void setValue(String value) {}
    }

    @Entity(name = "Writes")
    @Table(name = "Doc")
    static class Writes {
        @Id
        Long id = 1L;

        @Encrypted(context = "Doc.document")
        Words document;
    }

    @Entity(name = "Reads")
    @Table(name = "Doc")
    static class Reads {
        @Id
        Long id;

        @Encrypted(context = "Doc.document")
        Numbers document;
    }

    @Entity(name = "ReadsString")
    @Table(name = "Doc")
    static class ReadsString {
        @Id
        Long id;

        @Encrypted(context = "Doc.document", storage = Storage.BINARY)
        String document;
    }

    @Entity(name = "Fails")
    static class Fails {
        @Id
        Long id = 1L;

        @Encrypted
        Failing document = new Failing();
    }

    /** Written, and then unknown. */
    public static class WriteOnly {
        public String getValue() {
            return "planted-by-a-getter";
        }
    }

    @Entity(name = "OneWay")
    static class OneWay {
        @Id
        Long id = 1L;

        @Encrypted
        List<WriteOnly> document = List.of(new WriteOnly());
    }

    @Entity(name = "Dates")
    static class Dates {
        @Id
        Long id = 1L;

        @Encrypted
        Map<LocalDate, List<LocalDate>> dates = Map.of(LocalDate.of(2024, 2, 29), List.of(LocalDate.of(1987, 6, 5)));
    }

    /** Writes and reads dates in a way of its own. */
    public static final class OwnMapper implements FormatMapper {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T fromString(CharSequence json, JavaType<T> javaType, WrapperOptions options) {
            assertThat(javaType.getJavaType().getTypeName())
                    .isEqualTo("java.util.Map<java.time.LocalDate, java.util.List<java.time.LocalDate>>");
            assertThat(json.toString()).isEqualTo("{\"own\":1}");
            return (T) new Dates().dates;
        }

        @Override
        public <T> String toString(T value, JavaType<T> javaType, WrapperOptions options) {
            assertThat(options).isNotNull();
            return "{\"own\":1}";
        }
    }

    private static void assertSilent(Throwable e) {
        StringWriter all = new StringWriter();
        e.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("planted").doesNotContain("1987-06");
    }

    private static Map<String, Object> settings(Object mapper) {
        return Map.of("hibernate.type.json_format_mapper", mapper, "hibernate.hbm2ddl.auto", "create");
    }

    @ParameterizedTest
    @MethodSource("io.cipherfield.hibernate.JsonMappers#all")
    void a_document_of_another_class_is_an_error_that_shows_nothing_of_it(String mapper) {
        TestDatabase.Fresh fresh = TestDatabase.H2.fresh();
        try (TestFactory writer = TestFactory.on(fresh, settings(mapper), Writes.class)) {
            Writes entity = new Writes();
            entity.document = new Words(Map.of("planted-key", "planted-value"));
            writer.persist(entity);
        }
        Map<String, ?> keep = Map.of("hibernate.type.json_format_mapper", mapper, "hibernate.hbm2ddl.auto", "none");
        try (TestFactory reader = TestFactory.on(fresh, keep, Reads.class)) {
            assertThatThrownBy(() -> reader.find(Reads.class, 1L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Reads.document")
                    .hasMessageContaining("does not fit " + Numbers.class.getTypeName())
                    .hasMessageContaining("MismatchedInputException")
                    .satisfies(JsonErrorTest::assertSilent)
                    .cause()
                    .isInstanceOfSatisfying(
                            DecryptionException.class,
                            e -> assertThat(e.reason()).isEqualTo(DecryptionException.Reason.MALFORMED_VALUE));
            assertThat(Reencryption.of(reader.sessions()).verify().failed()).isEqualTo(1);
        }
        try (TestFactory reader = TestFactory.on(fresh, keep, ReadsString.class)) {
            assertThatThrownBy(() -> reader.find(ReadsString.class, 1L))
                    .hasMessageContaining("was written as JSON, and STRING is wanted")
                    .satisfies(JsonErrorTest::assertSilent);
        }
    }

    @ParameterizedTest
    @MethodSource("io.cipherfield.hibernate.JsonMappers#all")
    void what_a_getter_throws_is_an_error_that_shows_nothing_of_it(String mapper) {
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings(mapper), Fails.class)) {
            assertThatThrownBy(() -> factory.persist(new Fails()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Fails.document")
                    .hasMessageContaining("could not write " + Failing.class.getTypeName())
                    .hasMessageContaining("IllegalStateException")
                    .satisfies(JsonErrorTest::assertSilent);
            assertThat(factory.raw("select count(*) from Fails")).containsExactly(0L);
        }
    }

    @Test
    void a_document_that_could_not_be_read_again_is_refused_before_it_is_written() {
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings("jackson"), OneWay.class)) {
            assertThatThrownBy(() -> factory.persist(new OneWay()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("OneWay.document")
                    .hasMessageContaining("could not be read again")
                    .satisfies(JsonErrorTest::assertSilent);
            assertThat(factory.raw("select count(*) from OneWay")).containsExactly(0L);
        }
    }

    @Test
    void java_time_without_its_module_is_an_error_that_names_the_module() {
        try (TestFactory factory = TestFactory.on(
                TestDatabase.H2.fresh(),
                settings(new org.hibernate.type.format.jackson.JacksonJsonFormatMapper(
                        new com.fasterxml.jackson.databind.ObjectMapper())),
                Dates.class)) {
            assertThatThrownBy(() -> factory.persist(new Dates()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("jackson-datatype-jsr310")
                    .satisfies(JsonErrorTest::assertSilent);
        }
    }

    @Test
    void a_mapper_of_the_application_s_is_given_the_whole_type() {
        try (TestFactory factory =
                TestFactory.on(TestDatabase.H2.fresh(), settings(OwnMapper.class.getName()), Dates.class)) {
            factory.persist(new Dates());
            assertThat(factory.find(Dates.class, 1L).dates).isEqualTo(new Dates().dates);
        }
    }

    @Test
    void two_factories_have_each_their_own_mapper() {
        try (TestFactory own =
                        TestFactory.on(TestDatabase.H2.fresh(), settings(OwnMapper.class.getName()), Dates.class);
                TestFactory jackson = TestFactory.on(TestDatabase.H2.fresh(), settings("jackson"), Writes.class)) {
            own.persist(new Dates());
            Writes entity = new Writes();
            entity.document = new Words(Map.of("k", "v"));
            jackson.persist(entity);
            assertThat(own.find(Dates.class, 1L).dates).hasSize(1);
            assertThat(jackson.find(Writes.class, 1L).document.values).containsEntry("k", "v");
        }
    }

    @Entity(name = "OldJson")
    static class OldJson {
        @Id
        Long id = 1L;

        @Encrypted(storage = Storage.TEXT, plaintext = PlaintextMode.ALLOW)
        Words document;
    }

    @Test
    void old_json_in_a_text_column_is_read_and_encrypted_by_the_job() {
        try (TestFactory factory = TestFactory.h2(OldJson.class)) {
            factory.execute("insert into OldJson (id, document) values (1, '{\"values\": {\"a\": \"planted\"}}')");
            factory.execute("insert into OldJson (id, document) values (2, '{\"values\": planted}')");

            assertThat(factory.find(OldJson.class, 1L).document.values).containsEntry("a", "planted");
            assertThatThrownBy(() -> factory.find(OldJson.class, 2L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("OldJson.document")
                    .satisfies(JsonErrorTest::assertSilent);

            var report = Reencryption.of(factory.sessions()).run();
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.toString()).doesNotContain("planted");
            assertThat(factory.raw("select document from OldJson where id = 1").toString())
                    .doesNotContain("planted");
            assertThat(factory.find(OldJson.class, 1L).document.values).containsEntry("a", "planted");
        }
    }
}
