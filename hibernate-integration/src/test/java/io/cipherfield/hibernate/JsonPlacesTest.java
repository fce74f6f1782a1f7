package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.util.*;
import org.hibernate.envers.AuditOverride;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.Audited;
import org.hibernate.envers.NotAudited;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JSON documents wherever an attribute can be: elements, embeddables, superclasses, audit tables, bulk statements. */
class JsonPlacesTest {

    record Address(String street, int number) {}

    public static class Phone {
        public String number;

        static Phone of(String number) {
            Phone phone = new Phone();
            phone.number = number;
            return phone;
        }
    }

    @MappedSuperclass
    abstract static class Base<T, U> {
        @Id
        Long id = 1L;

        @Encrypted
        T one;

        @Encrypted
        List<T> many;

        @Encrypted
        U[] numbers;
    }

    @MappedSuperclass
    abstract static class Middle<V> extends Base<V, Integer> {
        @ElementCollection
        @NotAudited
        @Encrypted
        List<V> elements = new ArrayList<>();
    }

    @Embeddable
    static class Part {
        @Encrypted
        List<Address> addresses;
    }

    @Embeddable
    record Piece(@Encrypted Map<String, Address> named, String plain) {}

    @Entity(name = "Place")
    @Audited
    @AuditOverride(forClass = Base.class)
    static class Place extends Middle<Address> {
        @ElementCollection
        @NotAudited
        @Encrypted
        List<Phone> bag = new ArrayList<>();

        @ElementCollection
        @NotAudited
        @OrderColumn
        @Encrypted
        List<List<String>> lists = new ArrayList<>();

        @ElementCollection
        @NotAudited
        @Encrypted
        Map<String, Address> map = new HashMap<>();

        @Embedded
        Part part = new Part();

        @Embedded
        @NotAudited
        Piece piece;
    }

    @Entity(name = "StringPlace")
    static class StringPlace extends Base<String, Long> {}

    @Entity(name = "ByGetter")
    static class ByGetter {
        private Long id = 1L;
        private List<Address> addresses;

        @Id
        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        @Encrypted
        public List<Address> getAddresses() {
            return addresses;
        }

        public void setAddresses(List<Address> addresses) {
            this.addresses = addresses;
        }
    }

    private static final TestFactory FACTORY =
            TestFactory.on(TestDatabase.H2.fresh(), Map.of(), Place.class, StringPlace.class, ByGetter.class);

    private static final Address ADDRESS = new Address("street", 1);

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @BeforeEach
    void persist() {
        for (String table : List.of(
                "Place_elements", "Place_bag", "Place_lists", "Place_map", "Place", "Place_AUD", "StringPlace")) {
            FACTORY.execute("delete from " + table);
        }
        Place place = new Place();
        place.one = ADDRESS;
        place.many = List.of(ADDRESS, new Address("other", 2));
        place.numbers = new Integer[] {1, null};
        place.elements.add(ADDRESS);
        place.bag.addAll(List.of(Phone.of("1"), Phone.of("2")));
        place.lists.addAll(List.of(List.of("a", "b"), List.of()));
        place.map.put("home", ADDRESS);
        place.part.addresses = List.of(ADDRESS);
        place.piece = new Piece(Map.of("x", ADDRESS), "plain");
        FACTORY.persist(place);
    }

    @Test
    void elements_superclasses_and_embeddables_know_their_types() {
        FACTORY.sessions().inTransaction(session -> {
            Place found = session.find(Place.class, 1L);
            assertThat(found.one).isEqualTo(ADDRESS);
            assertThat(found.many).containsExactly(ADDRESS, new Address("other", 2));
            assertThat(found.numbers).containsExactly(1, null);
            assertThat(found.elements).containsExactly(ADDRESS);
            assertThat(found.bag).extracting(phone -> phone.number).containsExactlyInAnyOrder("1", "2");
            assertThat(found.lists).containsExactly(List.of("a", "b"), List.of());
            assertThat(found.map).isEqualTo(Map.of("home", ADDRESS));
            assertThat(found.part.addresses).containsExactly(ADDRESS);
            assertThat(found.piece.named()).isEqualTo(Map.of("x", ADDRESS));
        });
        for (String query : List.of(
                "select one from Place",
                "select many from Place",
                "select numbers from Place",
                "select addresses from Place",
                "select named from Place",
                "select elements from Place_elements",
                "select bag from Place_bag",
                "select lists from Place_lists",
                "select map from Place_map")) {
            assertThat(FACTORY.raw(query))
                    .as(query)
                    .isNotEmpty()
                    .allSatisfy(stored ->
                            assertThat(CiphertextHeader.of((byte[]) stored)).isNotNull());
        }
    }

    @Test
    void a_type_variable_of_a_superclass_may_also_be_a_basic_type() {
        StringPlace place = new StringPlace();
        place.one = "basic";
        place.many = List.of("json");
        place.numbers = new Long[] {5L};
        FACTORY.persist(place);

        StringPlace found = FACTORY.find(StringPlace.class, 1L);
        assertThat(found.one).isEqualTo("basic");
        assertThat(found.many).containsExactly("json");
        assertThat(found.numbers).containsExactly(5L);
        assertThat(CiphertextHeader.of(
                        (String) FACTORY.raw("select one from StringPlace").get(0)))
                .isNotNull();
    }

    @Test
    void changes_of_elements_are_written() {
        FACTORY.sessions().inTransaction(session -> {
            Place found = session.find(Place.class, 1L);
            found.bag.get(0).number = "changed";
            found.lists.get(0).add("c");
            found.map.put("home", new Address("moved", 3));
            found.elements.clear();
        });
        FACTORY.sessions().inTransaction(session -> {
            Place found = session.find(Place.class, 1L);
            assertThat(found.bag)
                    .extracting(phone -> phone.number)
                    .contains("changed")
                    .hasSize(2);
            assertThat(found.lists.get(0)).containsExactly("a", "b", "c");
            assertThat(found.map).isEqualTo(Map.of("home", new Address("moved", 3)));
            assertThat(found.elements).isEmpty();
        });
    }

    @Test
    void an_audit_table_has_the_type_too() {
        Number revision = (Number) FACTORY.raw("select max(rev) from Place_AUD").get(0);
        Place old = FACTORY.sessions().fromTransaction(session -> {
            Place place = AuditReaderFactory.get(session).find(Place.class, 1L, revision);
            assertThat(place.many).containsExactly(ADDRESS, new Address("other", 2));
            assertThat(place.part.addresses).containsExactly(ADDRESS);
            return place;
        });
        assertThat(old.one).isEqualTo(ADDRESS);
        assertThat(CiphertextHeader.of(
                        (byte[]) FACTORY.raw("select many from Place_AUD").get(0)))
                .isNotNull();
    }

    @Test
    void bulk_statements_encrypt_documents() {
        List<Address> changed = List.of(new Address("bulk", 9));
        FACTORY.sessions().inTransaction(session -> {
            session.createMutationQuery("update Place p set p.many = :many, p.one = :one")
                    .setParameter("many", changed)
                    .setParameter("one", changed.get(0))
                    .executeUpdate();
        });
        Place found = FACTORY.find(Place.class, 1L);
        assertThat(found.many).isEqualTo(changed);
        assertThat(found.one).isEqualTo(changed.get(0));
    }

    @Test
    void a_document_is_selected_by_itself() {
        FACTORY.sessions().inTransaction(session -> {
            assertThat(session.createQuery("select p.one from Place p where p.many is not null", Address.class)
                            .getSingleResult())
                    .isEqualTo(ADDRESS);
            assertThat(session.createQuery("select p.many, p.one from Place p", Object[].class)
                            .getSingleResult()[0])
                    .isEqualTo(List.of(ADDRESS, new Address("other", 2)));
        });
    }

    @Test
    void an_annotation_on_a_getter() {
        ByGetter entity = new ByGetter();
        entity.setAddresses(List.of(ADDRESS));
        FACTORY.persist(entity);
        assertThat(FACTORY.find(ByGetter.class, 1L).getAddresses()).containsExactly(ADDRESS);
    }
}
