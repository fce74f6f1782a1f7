package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.envers.AuditReader;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.Audited;
import org.hibernate.envers.query.AuditEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Envers reads back: the state of each revision, or an error, and never a state that was not. */
class AuditReaderTest {

    /** No record: Envers makes embeddables by their default constructor. */
    @Embeddable
    static class Card {
        @Encrypted(deterministic = true)
        @Column(nullable = false)
        String number;

        @Column(nullable = false)
        String label;

        Card() {}

        Card(String number, String label) {
            this.number = number;
            this.label = label;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Card card && number.equals(card.number) && label.equals(card.label);
        }

        @Override
        public int hashCode() {
            return number.hashCode();
        }
    }

    @Entity(name = "Watched")
    @Audited
    static class Watched {
        @Id
        Long id = 1L;

        @Encrypted
        String secret = "secret";

        @Encrypted(deterministic = true)
        String code = "first";

        @ElementCollection
        @Encrypted(deterministic = true)
        List<String> bag = new ArrayList<>(List.of("a", "b"));

        @ElementCollection
        @OrderColumn
        @Encrypted(deterministic = true)
        List<String> list = new ArrayList<>(List.of("x", "y"));

        @ElementCollection
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<String> names = new HashSet<>(Set.of("a", "b"));

        @ElementCollection
        @EncryptedKey
        @Encrypted(deterministic = true)
        Map<String, Integer> numbers = new HashMap<>(Map.of("one", 1, "two", 2));

        @ElementCollection
        Set<Card> cards = new HashSet<>(Set.of(new Card("1", "x"), new Card("2", "y")));
    }

    @Entity(name = "Plain")
    @Audited
    static class WithoutCollections {
        @Id
        Long id = 1L;

        @Encrypted
        String secret = "secret";

        @Encrypted(deterministic = true)
        String code = "first";
    }

    private static final String STRATEGY = "org.hibernate.envers.audit_strategy";
    private static final String VALIDITY = "org.hibernate.envers.strategy.internal.ValidityAuditStrategy";

    private static final Map<String, String> ROTATED = Map.of(
            Setting.KEY.property(),
            TestFactory.OTHER_KEY,
            Setting.DECRYPT_ONLY_KEYS.property(),
            TestFactory.KEY,
            "hibernate.hbm2ddl.auto",
            "none");

    private static Map<String, Object> with(Map<String, ?> settings, String name, Object value) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(name, value);
        return all;
    }

    private static void change(TestFactory factory) {
        factory.sessions().inTransaction(session -> {
            Watched watched = session.find(Watched.class, 1L);
            watched.code = "second";
            watched.bag.remove("a");
            watched.list.remove(0);
            watched.names.remove("a");
            watched.numbers.remove("one");
            watched.numbers.put("two", 22);
            watched.cards.remove(new Card("1", "x"));
        });
    }

    private static void putBack(TestFactory factory) {
        factory.sessions().inTransaction(session -> {
            Watched watched = session.find(Watched.class, 1L);
            watched.names.add("a");
            watched.numbers.put("one", 11);
        });
    }

    private static void at(TestFactory factory, int revision, Consumer<Watched> look) {
        factory.sessions()
                .inTransaction(
                        session -> look.accept(AuditReaderFactory.get(session).find(Watched.class, 1L, revision)));
    }

    static Stream<Arguments> databasesAndStrategies() {
        return Stream.of(TestDatabase.values())
                .flatMap(kind -> Stream.of("", VALIDITY).map(strategy -> Arguments.of(kind, strategy)));
    }

    @ParameterizedTest
    @MethodSource("databasesAndStrategies")
    void collections_are_read_as_they_were_at_each_revision(TestDatabase kind, String strategy) {
        Map<String, String> settings = strategy.isEmpty() ? Map.of() : Map.of(STRATEGY, strategy);
        try (TestFactory factory = TestFactory.on(kind.fresh(), settings, Watched.class)) {
            factory.persist(new Watched());
            change(factory);
            putBack(factory);

            at(factory, 1, was -> {
                assertThat(was.secret).isEqualTo("secret");
                assertThat(was.bag).containsExactlyInAnyOrder("a", "b");
                assertThat(was.list).containsExactly("x", "y");
                assertThat(was.names).containsExactlyInAnyOrder("a", "b");
                assertThat(was.numbers).containsExactlyInAnyOrderEntriesOf(Map.of("one", 1, "two", 2));
                assertThat(was.cards).containsExactlyInAnyOrder(new Card("1", "x"), new Card("2", "y"));
            });
            at(factory, 2, was -> {
                assertThat(was.code).isEqualTo("second");
                assertThat(was.bag).containsExactly("b");
                assertThat(was.list).containsExactly("y");
                assertThat(was.names).containsExactly("b");
                assertThat(was.numbers).containsExactlyInAnyOrderEntriesOf(Map.of("two", 22));
                assertThat(was.cards).containsExactly(new Card("2", "y"));
            });
            at(factory, 3, was -> {
                assertThat(was.names).containsExactlyInAnyOrder("a", "b");
                assertThat(was.numbers).containsExactlyInAnyOrderEntriesOf(Map.of("one", 11, "two", 22));
            });
        }
    }

    /** Removed under another key than it was added under, an element would be shown for ever. */
    @ParameterizedTest
    @EnumSource
    void while_the_ring_holds_two_keys_collections_are_written_and_not_read(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (TestFactory old = TestFactory.on(database, Map.of(), Watched.class)) {
            old.persist(new Watched());
        }
        for (String mixedKeys : List.of("refuse", "allow")) {
            Map<String, Object> settings = with(ROTATED, Setting.MIXED_KEYS.property(), mixedKeys);
            try (TestFactory rotated = TestFactory.on(database, settings, Watched.class)) {
                if (mixedKeys.equals("refuse")) {
                    change(rotated);
                    putBack(rotated);
                }
                for (int revision = 1; revision <= 3; revision++) {
                    at(rotated, revision, was -> {
                        assertThat(was.secret).isEqualTo("secret");
                        refused("bag", was.bag::size);
                        refused("list", was.list::size);
                        refused("names", was.names::size);
                        refused("numbers", was.numbers::size);
                        refused("number", was.cards::size);
                    });
                }
            }
        }
    }

    private static void refused(String attribute, Supplier<Integer> read) {
        assertThatThrownBy(read::get)
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining(attribute + " is encrypted")
                .hasMessageContaining("Finish the rotation")
                .hasMessageContaining("In an audit table cipherfield.mixed-keys=allow changes nothing");
    }

    @Test
    void the_validity_strategy_does_not_start_with_audited_collections_and_two_keys() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        for (String strategy : List.of(VALIDITY, "validity")) {
            assertThat(TestFactory.refusal(database, with(ROTATED, STRATEGY, strategy), Watched.class))
                    .hasMessageContaining("Watched_bag_AUD.")
                    .hasMessageContaining("ValidityAuditStrategy")
                    .hasMessageContaining("Use the DefaultAuditStrategy");
        }
        for (String strategy : List.of(
                "default",
                "org.hibernate.envers.strategy.DefaultAuditStrategy",
                "org.hibernate.envers.strategy.internal.DefaultAuditStrategy")) {
            Map<String, Object> settings = with(ROTATED, STRATEGY, strategy);
            settings.put("hibernate.hbm2ddl.auto", "create");
            assertThat(TestFactory.refusal(database, settings, Watched.class)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("databasesAndStrategies")
    void histories_of_single_attributes_are_queried_under_every_key(TestDatabase kind, String strategy) {
        Map<String, String> settings = strategy.isEmpty() ? Map.of() : Map.of(STRATEGY, strategy);
        TestDatabase.Fresh database = kind.fresh();
        try (TestFactory old = TestFactory.on(database, settings, WithoutCollections.class)) {
            old.persist(new WithoutCollections());
            recode(old, "second");
        }
        Map<String, Object> rotated = new HashMap<>(ROTATED);
        rotated.putAll(settings);
        try (TestFactory factory = TestFactory.on(database, rotated, WithoutCollections.class)) {
            recode(factory, "first");
            in(factory, (audit, query) -> {
                assertThat(audit.getRevisions(WithoutCollections.class, 1L)).hasSize(3);
                List<?> all = audit.createQuery()
                        .forRevisionsOfEntity(WithoutCollections.class, true, false)
                        .add(AuditEntity.id().eq(1L))
                        .addOrder(AuditEntity.revisionNumber().asc())
                        .getResultList();
                assertThat(all)
                        .extracting(each -> ((WithoutCollections) each).code)
                        .containsExactly("first", "second", "first");
                assertThat(query.apply("code", "first")).hasSize(2);
                assertThat(query.apply("code", "second")).hasSize(1);
                assertThat(query.apply("code", "none")).isEmpty();
                assertThatThrownBy(() -> query.apply("secret", "secret"))
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("WithoutCollections.secret is encrypted");
                List<?> at = audit.createQuery()
                        .forEntitiesAtRevision(WithoutCollections.class, 2)
                        .add(AuditEntity.property("code").in(List.of("second", "none")))
                        .getResultList();
                assertThat(at)
                        .extracting(each -> ((WithoutCollections) each).secret)
                        .containsExactly("secret");
            });
        }
    }

    private static void recode(TestFactory factory, String code) {
        factory.sessions().inTransaction(session -> session.find(WithoutCollections.class, 1L).code = code);
    }

    private static void in(TestFactory factory, BiConsumer<AuditReader, BiFunction<String, String, List<?>>> work) {
        factory.sessions().inTransaction(session -> {
            AuditReader audit = AuditReaderFactory.get(session);
            work.accept(
                    audit,
                    (property, value) -> audit.createQuery()
                            .forRevisionsOfEntity(WithoutCollections.class, true, false)
                            .add(AuditEntity.property(property).eq(value))
                            .getResultList());
        });
    }
}
