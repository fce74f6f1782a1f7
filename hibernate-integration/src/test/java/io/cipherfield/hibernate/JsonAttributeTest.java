package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.value.ValueText;
import jakarta.persistence.*;
import java.math.BigDecimal;
import java.util.*;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects, lists, maps and arrays: one JSON document each, encrypted whole. */
class JsonAttributeTest {

    enum Kind {
        HOME,
        WORK
    }

    record City(String name, BigDecimal area) {}

    record Address(String street, City city, Kind kind, List<String> lines) {}

    public static class Card {
        public String number;
        public Card linked;
        private int pin;

        public int getPin() {
            return pin;
        }

        public void setPin(int pin) {
            this.pin = pin;
        }

        static Card of(String number, int pin) {
            Card card = new Card();
            card.number = number;
            card.pin = pin;
            return card;
        }
    }

    @Entity(name = "Person")
    static class Person {
        @Id
        Long id = 1L;

        @Encrypted
        Address address;

        @Encrypted
        Card card;

        @Encrypted
        List<String> words;

        @Encrypted
        List<Address> addresses;

        @Encrypted
        Set<Kind> kinds;

        @Encrypted
        Collection<Integer> numbers;

        @Encrypted
        Map<String, List<City>> cities;

        @Encrypted
        Map<Kind, Address> byKind;

        @Encrypted
        ArrayList<UUID> ids;

        @Encrypted
        int[] ints;

        @Encrypted
        long[][] matrix;

        @Encrypted
        String[] strings;

        @Encrypted
        Address[] records;

        @Encrypted(padTo = 256)
        List<Double> padded;

        @Encrypted(storage = Storage.TEXT)
        Map<String, String> text;
    }

    private static Person full() {
        Person person = new Person();
        City city = new City("K\u00F6ln \uD83D\uDE00 planted-city", new BigDecimal("405.10"));
        person.address = new Address("planted-street \\ \" \u0000", city, Kind.HOME, List.of("a", "b"));
        person.card = Card.of("planted-number", 1234);
        person.card.linked = Card.of(null, 0);
        person.words = List.of("planted-word", "", "unpaired \uD800");
        person.addresses = new ArrayList<>();
        person.addresses.add(person.address);
        person.addresses.add(null);
        person.kinds = EnumSet.of(Kind.WORK);
        person.numbers = new ArrayDeque<>(List.of(1, -2));
        person.cities = new TreeMap<>(Map.of("de", List.of(city), "fr", List.of()));
        person.byKind = new EnumMap<>(Map.of(Kind.HOME, person.address));
        person.ids = new ArrayList<>(List.of(new UUID(1, 2)));
        person.ints = new int[] {1, 2, 3};
        person.matrix = new long[][] {{1}, {}, {Long.MAX_VALUE}};
        person.strings = new String[] {"planted-x", null};
        person.records = new Address[] {person.address};
        person.padded = List.of(1.5, -0.0);
        person.text = Map.of("planted-key", "planted-value");
        return person;
    }

    private static Stream<Arguments> mappersAndDatabases() {
        return JsonMappers.all()
                .flatMap(
                        mapper -> Arrays.stream(TestDatabase.values()).map(database -> Arguments.of(mapper, database)));
    }

    @ParameterizedTest
    @MethodSource("mappersAndDatabases")
    void a_document_comes_back_as_it_was(String mapper, TestDatabase database) {
        try (TestFactory factory =
                TestFactory.on(database.fresh(), Map.of("hibernate.type.json_format_mapper", mapper), Person.class)) {
            Person person = full();
            factory.persist(person);

            Person found = factory.find(Person.class, 1L);
            assertThat(found.address).isEqualTo(person.address);
            assertThat(found.card).usingRecursiveComparison().isEqualTo(person.card);
            assertThat(found.words).isEqualTo(person.words);
            assertThat(found.addresses).isEqualTo(person.addresses);
            assertThat(found.kinds).isEqualTo(person.kinds);
            assertThat(found.numbers).containsExactly(1, -2);
            assertThat(found.cities).isEqualTo(person.cities);
            assertThat(found.byKind).isEqualTo(person.byKind);
            assertThat(found.ids).isEqualTo(person.ids).isInstanceOf(ArrayList.class);
            assertThat(found.ints).isEqualTo(person.ints);
            assertThat(found.matrix).isDeepEqualTo(person.matrix);
            assertThat(found.strings).isEqualTo(person.strings);
            assertThat(found.records).isEqualTo(person.records);
            assertThat(found.padded).isEqualTo(person.padded);
            assertThat(found.text).isEqualTo(person.text);
            for (String column :
                    List.of("address", "card", "words", "addresses", "kinds", "numbers", "cities", "ints")) {
                Object stored = factory.raw("select " + column + " from Person").get(0);
                assertThat(CiphertextHeader.of((byte[]) stored)).as(column).isNotNull();
            }
            assertThat(factory.raw("select text from Person").get(0))
                    .satisfies(text ->
                            assertThat(CiphertextHeader.of((String) text)).isNotNull());
        }
    }

    @Test
    void null_and_empty_documents_differ() {
        try (TestFactory factory = TestFactory.h2(Person.class)) {
            Person person = new Person();
            person.words = List.of();
            person.cities = Map.of();
            person.ints = new int[0];
            person.address = new Address(null, null, null, null);
            factory.persist(person);

            Person found = factory.find(Person.class, 1L);
            assertThat(found.words).isEmpty();
            assertThat(found.cities).isEmpty();
            assertThat(found.ints).isEmpty();
            assertThat(found.address).isEqualTo(person.address);
            assertThat(found.card).isNull();
            assertThat(factory.raw("select card from Person")).containsExactly((Object) null);
        }
    }

    @Test
    void the_recovery_kit_prints_the_document() {
        try (TestFactory factory = TestFactory.h2(Person.class)) {
            Person person = full();
            factory.persist(person);

            byte[] stored = (byte[]) factory.raw("select ids from Person").get(0);
            byte[] plaintext = FieldEncryptor.of(Keyring.of(TestFactory.key()), Suite.AES_SIV, "Person.ids")
                    .decrypt(stored);
            assertThat(ValueText.BYTES_AS_HEX.of(plaintext)).isEqualTo("[\"00000000-0000-0001-0000-000000000002\"]");
        }
    }

    @Test
    void padding_hides_the_length() {
        try (TestFactory factory = TestFactory.h2(Person.class)) {
            Person person = new Person();
            for (List<Double> numbers : List.of(List.<Double>of(), List.of(1.0), Collections.nCopies(60, 1.0))) {
                person.padded = numbers;
                factory.sessions().inTransaction(session -> session.merge(person));
                assertThat((byte[]) factory.raw("select padded from Person").get(0))
                        .hasSize(39 + 256);
            }
        }
    }

    @Entity(name = "Large")
    static class Large {
        @Id
        Long id = 1L;

        @Encrypted
        List<String> document;

        @Column(name = "named")
        @Encrypted
        List<String> named;

        @Encrypted(storage = Storage.TEXT)
        List<String> text;

        @Lob
        @Encrypted
        List<String> lob;

        @Column(length = 10)
        @Encrypted
        List<String> ten;

        @Column(length = 10)
        @Encrypted(storage = Storage.TEXT)
        List<String> tenAsText;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_document_of_a_megabyte_fits_unless_a_length_is_declared(TestDatabase database) {
        TestDatabase.Fresh fresh = database.fresh();
        try (TestFactory factory = TestFactory.on(fresh, Map.of("cipherfield.suite", "xaes-256-gcm"), Large.class)) {
            Large large = new Large();
            large.document = List.of("\u4E2D".repeat(1 << 20), "x");
            large.named = large.document;
            large.text = large.document;
            large.lob = large.document;
            large.ten = List.of("\u4E2D".repeat(6));
            large.tenAsText = large.ten;
            factory.persist(large);

            Large found = factory.find(Large.class, 1L);
            assertThat(found.document.equals(large.document)).isTrue();
            assertThat(found.named.equals(large.document)).isTrue();
            assertThat(found.text.equals(large.document)).isTrue();
            assertThat(found.lob.equals(large.document)).isTrue();
            assertThat(found.ten).isEqualTo(large.ten);
            assertThat(found.tenAsText).isEqualTo(large.ten);
        }
        TestFactory.on(fresh, Map.of("hibernate.hbm2ddl.auto", "validate"), Large.class)
                .close();
    }

    @Test
    void a_declared_length_counts_the_characters_of_the_json_text() {
        try (TestFactory factory = TestFactory.h2(Large.class)) {
            assertThat(factory.raw(
                            "select character_maximum_length from information_schema.columns where table_name = 'LARGE'"
                                    + " and column_name in ('TEN', 'TENASTEXT') order by column_name"))
                    .containsExactly(47L + 30, (47L + 30) * 4 / 3 + 1);
            Large large = new Large();
            large.ten = List.of("planted");
            assertThatThrownBy(() -> factory.persist(large))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Large.ten")
                    .hasMessageContaining("allows 10 characters, and was given a value of 11 characters")
                    .hasMessageNotContaining("planted");
            assertThat(factory.raw("select count(*) from Large")).containsExactly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_column_without_a_length_takes_documents_of_any_size(TestDatabase database) {
        try (TestFactory factory = TestFactory.on(database.fresh(), Map.of(), Large.class)) {
            String types = "select lower(data_type) from information_schema.columns where lower(table_name) = 'large'"
                    + " and lower(column_name) in ('document', 'named', 'lob', 'text') and table_schema = "
                    + (database == TestDatabase.MARIADB ? "database()" : "current_schema")
                    + " order by lower(column_name)";
            assertThat(factory.raw(types).stream().map(Object::toString).toList())
                    .isEqualTo(
                            switch (database) {
                                case H2 ->
                                    List.of(
                                            "binary large object",
                                            "binary large object",
                                            "binary large object",
                                            "character large object");
                                case POSTGRESQL -> List.of("bytea", "bytea", "bytea", "text");
                                case MARIADB -> List.of("longblob", "longblob", "longblob", "longtext");
                            });
        }
    }
}
