package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.io.InputStream;
import java.util.*;
import java.util.stream.Stream;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Types that a mapper could not read back as what they were, or only by classes that the data names. */
class JsonRefusalTest {

    interface Animal {}

    abstract static class Plant {}

    static class Card {
        public String number;
    }

    class Inner {
        public String number;
    }

    static class Box<T> {
        public T content;
    }

    static class Pet {
        @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
        public Animal animal;
    }

    static class Owner {
        public List<Pet> pets;
    }

    @Entity(name = "Customer")
    static class Customer {
        @Id
        Long id;
    }

    @MappedSuperclass
    abstract static class Identified {
        @Id
        Long id;
    }

    @Entity(name = "OfInterface")
    static class OfInterface extends Identified {
        @Encrypted
        Animal secret;
    }

    @Entity(name = "OfAbstract")
    static class OfAbstract extends Identified {
        @Encrypted
        Plant secret;
    }

    @Entity(name = "OfObjects")
    static class OfObjects extends Identified {
        @Encrypted
        Map<String, Object> secret;
    }

    @Entity(name = "OfInterfaces")
    static class OfInterfaces extends Identified {
        @Encrypted
        List<Animal> secret;
    }

    @Entity(name = "OfInterfaceArray")
    static class OfInterfaceArray extends Identified {
        @Encrypted
        Animal[] secret;
    }

    @Entity(name = "OfWildcard")
    static class OfWildcard extends Identified {
        @Encrypted
        List<? extends Card> secret;
    }

    @Entity(name = "Raw")
    @SuppressWarnings("rawtypes")
    static class Raw extends Identified {
        @Encrypted
        Map<String, List> secret;
    }

    @Entity(name = "RawGeneric")
    @SuppressWarnings("rawtypes")
    static class RawGeneric extends Identified {
        @Encrypted
        Box secret;
    }

    @Entity(name = "Keyed")
    static class Keyed extends Identified {
        @Encrypted
        Map<Card, String> secret;
    }

    @Entity(name = "KeyedByBytes")
    static class KeyedByBytes extends Identified {
        @Encrypted
        Map<byte[], String> secret;
    }

    @Entity(name = "OfEntity")
    static class OfEntity extends Identified {
        @Encrypted
        Customer secret;
    }

    @Entity(name = "OfEntities")
    static class OfEntities extends Identified {
        @Encrypted
        List<Customer> secret;
    }

    @Entity(name = "OfInner")
    static class OfInner extends Identified {
        @Encrypted
        Inner secret;
    }

    @Entity(name = "Optionally")
    static class Optionally extends Identified {
        @Encrypted
        Optional<String> secret;
    }

    @Entity(name = "Streaming")
    static class Streaming extends Identified {
        @Encrypted
        InputStream secret;
    }

    @Entity(name = "OfSqlTime")
    static class OfSqlTime extends Identified {
        @Encrypted
        List<java.sql.Time> secret;
    }

    @Entity(name = "OfThread")
    static class OfThread extends Identified {
        @Encrypted
        Thread secret;
    }

    @Entity(name = "OfWrapped")
    static class OfWrapped extends Identified {
        @Encrypted
        List<Byte[]> secret;
    }

    @Entity(name = "OfClassNames")
    static class OfClassNames extends Identified {
        @Encrypted
        List<Owner> secret;
    }

    @Entity(name = "Deterministic")
    static class Deterministic extends Identified {
        @Encrypted(deterministic = true)
        List<String> secret;
    }

    @Entity(name = "AllowedJson")
    static class AllowedJson extends Identified {
        @Encrypted(plaintext = PlaintextMode.ALLOW)
        List<String> secret;
    }

    @Entity(name = "Collected")
    static class Collected extends Identified {
        @ElementCollection
        @Encrypted
        List<Animal> secret;
    }

    private static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(OfInterface.class, "Animal is an interface", "concrete class"),
                Arguments.of(OfAbstract.class, "Plant is abstract", "concrete class"),
                Arguments.of(OfObjects.class, "java.lang.Object", "concrete class"),
                Arguments.of(OfInterfaces.class, "Animal is an interface", "concrete class"),
                Arguments.of(OfInterfaceArray.class, "Animal is an interface", "concrete class"),
                Arguments.of(OfWildcard.class, "? extends", "List<Address>"),
                Arguments.of(Raw.class, "does not say what it holds", "List<String>"),
                Arguments.of(RawGeneric.class, "does not say what it holds", "concrete class"),
                Arguments.of(Keyed.class, "names of a JSON object", "List of records"),
                Arguments.of(KeyedByBytes.class, "names of a JSON object", "List of records"),
                Arguments.of(OfEntity.class, "are entities", "@ManyToOne"),
                Arguments.of(OfEntities.class, "are entities", "@ManyToOne"),
                Arguments.of(OfInner.class, "within an object of another class", "static"),
                Arguments.of(Optionally.class, "java.util.Optional", "getter"),
                Arguments.of(Streaming.class, "java.io.InputStream", "byte[]"),
                Arguments.of(OfSqlTime.class, "java.sql.Time", "LocalTime"),
                Arguments.of(OfThread.class, "java.lang.Thread", "a record"),
                Arguments.of(OfWrapped.class, "Byte[]", "byte[]"),
                Arguments.of(OfClassNames.class, "@JsonTypeInfo by class name", "use = NAME"),
                Arguments.of(Deterministic.class, "deterministic and stored as JSON", "an attribute of its own"),
                Arguments.of(AllowedJson.class, "plaintext = ALLOW", "storage = TEXT"),
                Arguments.of(Collected.class, "Animal is an interface", "concrete class"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_type_that_could_not_be_read_back_is_refused(Class<?> entity, String reason, String alternative) {
        ConfigurationException refusal = TestFactory.refusal(entity, Customer.class);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description())
                .contains("." + "secret cannot be encrypted")
                .contains(reason);
        assertThat(refusal.action()).contains(alternative).endsWith(".");
    }

    @Entity(name = "Free")
    static class Free {
        @Id
        Long id = 1L;

        @Encrypted(context = "Free.document")
        Map<String, Map<String, String>> document;
    }

    /** As a document that was written when the attribute had another type, or by another application. */
    @Entity(name = "FreeWriter")
    @Table(name = "Free")
    static class Polymorphic {
        @Id
        Long id = 1L;

        @Encrypted(context = "Free.document")
        Instantiated.Names document;
    }

    static class Instantiated {
        static int count;

        public Instantiated() {
            count++;
        }

        public record Names(Map<String, String> one) {}
    }

    @ParameterizedTest
    @MethodSource("io.cipherfield.hibernate.JsonMappers#all")
    void class_names_in_the_data_load_no_class(String mapper) {
        TestDatabase.Fresh fresh = TestDatabase.H2.fresh();
        Map<String, String> settings = Map.of("hibernate.type.json_format_mapper", mapper);
        String name = Instantiated.class.getName();
        Map<String, String> names = Map.of("@class", name, "@type", name, "type", name, "class", name);
        try (TestFactory writer = TestFactory.on(fresh, settings, Polymorphic.class)) {
            Polymorphic entity = new Polymorphic();
            entity.document = new Instantiated.Names(names);
            writer.persist(entity);
        }
        try (TestFactory reader = TestFactory.on(
                fresh,
                Map.of("hibernate.type.json_format_mapper", mapper, "hibernate.hbm2ddl.auto", "none"),
                Free.class)) {
            assertThat(reader.find(Free.class, 1L).document).isEqualTo(Map.of("one", names));
        }
        assertThat(Instantiated.count).isZero();
    }

    @Entity(name = "WithoutMapper")
    static class WithoutMapper extends Identified {
        @Encrypted
        List<String> secret;
    }

    @Entity(name = "NeedsNone")
    static class NeedsNone extends Identified {
        @Encrypted
        String secret;
    }

    private static void startWithoutMapper(Class<?> entity) {
        Map<String, Object> settings = new HashMap<>();
        TestDatabase.H2.fresh().settings().forEach((name, value) -> settings.put(String.valueOf(name), value));
        settings.put("cipherfield.key", TestFactory.KEY);
        StandardServiceRegistry registry =
                new StandardServiceRegistryBuilder().applySettings(settings).build();
        try {
            new MetadataSources(registry)
                    .addAnnotatedClass(entity)
                    .buildMetadata()
                    .getSessionFactoryBuilder()
                    .applyJsonFormatMapper(null)
                    .build()
                    .close();
        } finally {
            StandardServiceRegistryBuilder.destroy(registry);
        }
    }

    @Test
    void an_application_without_a_json_mapper_is_told_at_the_start() {
        assertThatThrownBy(() -> startWithoutMapper(WithoutMapper.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("WithoutMapper.secret")
                .hasMessageContaining("no JSON mapper")
                .hasMessageContaining("jackson-databind");
        startWithoutMapper(NeedsNone.class);
    }
}
