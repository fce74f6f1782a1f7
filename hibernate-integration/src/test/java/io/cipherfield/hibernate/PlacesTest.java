package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever an entity may hold an attribute, it may be an encrypted one. */
class PlacesTest {

    @Embeddable
    record Street(@Encrypted String name, @Encrypted Integer number) {}

    @Embeddable
    static class Address {
        @Embedded
        Street street;

        @Encrypted
        String town;

        Address() {}

        Address(String street, int number, String town) {
            this.street = new Street(street, number);
            this.town = town;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Address address && street.equals(address.street) && town.equals(address.town);
        }

        @Override
        public int hashCode() {
            return town.hashCode();
        }
    }

    @Embeddable
    record Lines(@Encrypted String first_line, @Embedded Street street) {}

    @MappedSuperclass
    abstract static class Generic<T, E> {
        @Encrypted
        T secret;

        @ElementCollection
        @Encrypted
        List<E> several = new ArrayList<>();
    }

    @MappedSuperclass
    abstract static class Half<E> extends Generic<LocalDate, E> {}

    @Entity(name = "Place")
    @Table(name = "place")
    @SecondaryTable(name = "place_more")
    static class Place extends Half<Long> {
        @Id
        Long id = 1L;

        @Embedded
        Address home = new Address("home", 1, "a");

        @Embedded
        @AttributeOverrides({
            @AttributeOverride(name = "town", column = @Column(name = "work_town")),
            @AttributeOverride(name = "street.name", column = @Column(name = "work_street")),
            @AttributeOverride(name = "street.number", column = @Column(name = "work_number"))
        })
        Address work = new Address("work", 2, "b");

        @Encrypted
        @Column(table = "place_more")
        String more = "more";

        @ElementCollection
        List<Address> bag = new ArrayList<>(List.of(new Address("bag", 3, "c")));

        @ElementCollection
        @OrderColumn
        @AttributeOverride(name = "street.name", column = @Column(name = "way"))
        List<Address> listed = new ArrayList<>(List.of(new Address("list", 4, "d")));

        @ElementCollection
        @AttributeOverride(name = "value.street.name", column = @Column(name = "way"))
        Map<String, Address> mapped = new HashMap<>(Map.of("m", new Address("map", 5, "e")));

        @ElementCollection
        List<Lines> lines = new ArrayList<>(List.of(new Lines("l", new Street("record", 6))));
    }

    @Entity(name = "Text")
    @Table(name = "text_entity")
    static class Text extends Generic<String, Integer> {
        @Id
        Long id = 2L;
    }

    @Entity(name = "Single")
    @Table(name = "single")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    static class Single {
        @Id
        Long id = 3L;

        @Encrypted
        String root = "root";
    }

    @Entity(name = "SingleChild")
    static class SingleChild extends Single {
        @Encrypted
        Integer child = 8;
    }

    @Entity(name = "Joined")
    @Table(name = "joined")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Joined {
        @Id
        Long id = 4L;

        @Encrypted
        String root = "root";
    }

    @Entity(name = "JoinedChild")
    @Table(name = "joined_child")
    static class JoinedChild extends Joined {
        @Encrypted
        Integer child = 8;

        @ElementCollection
        @Encrypted(deterministic = true)
        Set<String> words = Set.of("w");
    }

    @Entity(name = "PerClass")
    @Table(name = "per_class")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class PerClass {
        @Id
        Long id = 5L;

        @Encrypted
        String root = "root";

        @Embedded
        Address address = new Address("class", 7, "f");
    }

    @Entity(name = "PerClassChild")
    @Table(name = "per_class_child")
    static class PerClassChild extends PerClass {
        @Encrypted
        Integer child = 8;
    }

    @ParameterizedTest
    @EnumSource
    void what_is_read_back_is_what_was_stored_as_ciphertext(TestDatabase kind) {
        try (TestFactory factory = TestFactory.on(
                kind.fresh(),
                Map.of(),
                Place.class,
                Text.class,
                Single.class,
                SingleChild.class,
                Joined.class,
                JoinedChild.class,
                PerClass.class,
                PerClassChild.class)) {
            Place place = new Place();
            place.secret = LocalDate.EPOCH;
            place.several.add(77L);
            Text text = new Text();
            text.secret = "text";
            text.several.add(78);
            factory.persist(place, text, new SingleChild(), new JoinedChild(), new PerClassChild());

            encrypted(factory, "place", "secret", "name", "number", "town", "work_town", "work_street", "work_number");
            encrypted(factory, "place_more", "more");
            encrypted(factory, "Place_several", "several");
            encrypted(factory, "Place_bag", "name", "number", "town");
            encrypted(factory, "Place_listed", "way", "number", "town");
            encrypted(factory, "Place_mapped", "way", "number", "town");
            encrypted(factory, "Place_lines", "first_line", "name", "number");
            encrypted(factory, "text_entity", "secret");
            encrypted(factory, "Text_several", "several");
            encrypted(factory, "single", "root", "child");
            encrypted(factory, "joined", "root");
            encrypted(factory, "joined_child", "child");
            encrypted(factory, "JoinedChild_words", "words");
            encrypted(factory, "per_class_child", "root", "child", "name", "number", "town");

            factory.sessions().inTransaction(session -> {
                Place found = session.find(Place.class, 1L);
                assertThat(found.secret).isEqualTo(LocalDate.EPOCH);
                assertThat(found.several).containsExactly(77L);
                assertThat(found.home).isEqualTo(new Address("home", 1, "a"));
                assertThat(found.work).isEqualTo(new Address("work", 2, "b"));
                assertThat(found.bag).containsExactly(new Address("bag", 3, "c"));
                assertThat(found.listed).containsExactly(new Address("list", 4, "d"));
                assertThat(found.mapped).isEqualTo(Map.of("m", new Address("map", 5, "e")));
                assertThat(found.lines).containsExactly(new Lines("l", new Street("record", 6)));
                Text other = session.find(Text.class, 2L);
                assertThat(other.secret).isEqualTo("text");
                assertThat(other.several).containsExactly(78);
                assertThat((SingleChild) session.find(Single.class, 3L))
                        .extracting(single -> single.root + single.child)
                        .isEqualTo("root8");
                JoinedChild joined = (JoinedChild) session.find(Joined.class, 4L);
                assertThat(joined.root + joined.child).isEqualTo("root8");
                assertThat(joined.words).containsExactly("w");
                PerClassChild perClass = (PerClassChild) session.find(PerClass.class, 5L);
                assertThat(perClass.root + perClass.child).isEqualTo("root8");
                assertThat(perClass.address).isEqualTo(new Address("class", 7, "f"));

                found.home.town = "changed";
                found.work = new Address("work", 2, "b");
                found.mapped.put("m", new Address("map", 50, "e"));
                perClass.address.street = new Street("class", 70);
            });
            factory.sessions().inTransaction(session -> {
                Place found = session.find(Place.class, 1L);
                assertThat(found.home.town).isEqualTo("changed");
                assertThat(found.mapped).isEqualTo(Map.of("m", new Address("map", 50, "e")));
                assertThat(session.find(PerClass.class, 5L).address.street).isEqualTo(new Street("class", 70));
            });
        }
    }

    private static void encrypted(TestFactory factory, String table, String... columns) {
        for (String column : columns) {
            assertThat(factory.raw("select " + column + " from " + table))
                    .as(table + "." + column)
                    .hasSize(1)
                    .allSatisfy(stored -> assertThat(
                                    stored instanceof byte[] bytes
                                            ? CiphertextHeader.of(bytes)
                                            : CiphertextHeader.of((String) stored))
                            .isNotNull());
        }
    }
}
