package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.StatelessSession;
import org.hibernate.exception.LockAcquisitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No change of a collection may touch no row in silence, whatever key its rows were written under: all of this runs with rows that an
 * application with another primary key has written.
 */
class RowsFoundByValueTest {

    @Embeddable
    record Card(
            @Encrypted(deterministic = true) @Column(nullable = false)
            String number,

            @Encrypted(deterministic = true) @Column(nullable = false)
            LocalDate expires,

            @Column(nullable = false) String label) {}

    @Embeddable
    record Loose(
            @Encrypted(deterministic = true) String one,
            @Encrypted(deterministic = true) String two) {}

    @Entity(name = "Friend")
    @Table(name = "friend")
    static class Friend {
        @Id
        Long id;

        Friend() {}

        Friend(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Owner")
    @Table(name = "owner")
    static class Owner {
        @Id
        Long id = 1L;

        @ElementCollection
        @Encrypted(deterministic = true)
        Set<String> names = new HashSet<>(Set.of("a", "b", "c"));

        @ElementCollection
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<Long> numbers = new HashSet<>(Set.of(1L, 2L, 3L));

        @ElementCollection
        Set<Card> cards = new HashSet<>(Set.of(card("1"), card("2"), card("3")));

        @ElementCollection
        Set<Loose> loose = new HashSet<>(Set.of(new Loose("1", null), new Loose(null, "1"), new Loose("1", "1")));

        @ElementCollection
        @EncryptedKey
        Map<String, String> plainValues = new HashMap<>(Map.of("one", "1", "two", "2", "three", "3"));

        @ElementCollection
        @EncryptedKey
        @Encrypted
        Map<LocalDate, String> secrets = new HashMap<>(Map.of(day(1), "1", day(2), "2", day(3), "3"));

        @ElementCollection
        Map<Card, String> byCard = new HashMap<>(Map.of(card("1"), "1", card("2"), "2"));

        @ElementCollection
        @OrderColumn
        @Encrypted(deterministic = true)
        List<String> list = new ArrayList<>(List.of("x", "y", "z"));

        @ManyToMany
        @EncryptedKey
        @MapKeyColumn(name = "nick")
        Map<String, Friend> friends = new HashMap<>();

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "best_of")
        @EncryptedKey
        @MapKeyColumn(name = "nick")
        Map<String, Friend> best = new HashMap<>();
    }

    static Card card(String number) {
        return new Card(number, day(1), "label");
    }

    static LocalDate day(int day) {
        return LocalDate.of(2030, 1, day);
    }

    private TestFactory factory;

    @AfterEach
    void close() {
        factory.close();
    }

    private void written_under_another_key(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (TestFactory old = TestFactory.on(
                database, Map.of(Setting.KEY.property(), TestFactory.OTHER_KEY), Owner.class, Friend.class)) {
            Owner owner = new Owner();
            old.persist(new Friend(10), new Friend(11), new Friend(12));
            old.sessions().inTransaction(session -> {
                owner.friends.put("ten", session.find(Friend.class, 10L));
                owner.friends.put("eleven", session.find(Friend.class, 11L));
                owner.best.put("twenty", new Friend(20));
                owner.best.put("thirty", new Friend(30));
                session.persist(owner);
            });
        }
        Map<String, Object> settings = new HashMap<>(further());
        settings.put(Setting.DECRYPT_ONLY_KEYS.property(), TestFactory.OTHER_KEY);
        settings.put("hibernate.hbm2ddl.auto", "none");
        settings.put("hibernate.jdbc.batch_size", "10");
        factory = TestFactory.on(database, settings, Owner.class, Friend.class);
    }

    /** Settings of the application that changes what another one has written. */
    Map<String, Object> further() {
        return Map.of();
    }

    boolean isNew(@Nullable CiphertextHeader header) {
        return header != null && header.keyId().equals(TestFactory.key().id());
    }

    private void change(Consumer<Owner> change, Consumer<Owner> expected) {
        factory.sessions().inTransaction(session -> change.accept(session.find(Owner.class, 1L)));
        factory.sessions().inTransaction(session -> expected.accept(session.find(Owner.class, 1L)));
    }

    private void rows(String table, int count) {
        assertThat(((Number) factory.raw("select count(*) from " + table).get(0)).intValue())
                .isEqualTo(count);
    }

    private void underPrimaryKey(String table, String column, long count) {
        assertThat(factory.raw("select " + column + " from " + table).stream()
                        .filter(stored -> isNew(
                                stored instanceof byte[] bytes
                                        ? CiphertextHeader.of(bytes)
                                        : CiphertextHeader.of((String) stored))))
                .hasSize((int) count);
    }

    /** Its owner and its value, or its key, tell a fetched row from all others, whatever key it is under. */
    @ParameterizedTest
    @EnumSource
    void distinct_owners_with_fetched_collections(TestDatabase kind) {
        written_under_another_key(kind);
        factory.sessions().inTransaction(session -> {
            Owner owner = session.find(Owner.class, 1L);
            owner.names.add("d");
            owner.cards.add(card("4"));
            owner.secrets.put(day(4), "4");
            owner.list.add("z");
        });
        for (String collection : List.of("names", "cards", "plainValues", "secrets", "byCard", "list")) {
            factory.sessions().inSession(session -> {
                List<Owner> owners = session.createSelectionQuery(
                                "select distinct o from Owner o left join fetch o." + collection, Owner.class)
                        .getResultList();
                assertThat(owners).as(collection).hasSize(1);
            });
        }
        factory.sessions().inSession(session -> {
            Owner owner = session.createSelectionQuery(
                            "select distinct o from Owner o join fetch o.names join fetch o.secrets join fetch o.list",
                            Owner.class)
                    .getSingleResult();
            assertThat(owner.names).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(owner.secrets).isEqualTo(Map.of(day(1), "1", day(2), "2", day(3), "3", day(4), "4"));
            assertThat(owner.list).containsExactly("x", "y", "z", "z");
        });
        factory.sessions()
                .inSession(session -> assertThatThrownBy(() -> session.createSelectionQuery(
                                        "select distinct n from Owner o join o.names n", String.class)
                                .getResultList())
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("Owner.names"));
    }

    @ParameterizedTest
    @EnumSource
    void elements_of_sets(TestDatabase kind) {
        written_under_another_key(kind);
        change(
                owner -> {
                    owner.names.remove("a");
                    owner.names.add("d");
                    owner.numbers.remove(2L);
                    owner.numbers.add(4L);
                },
                owner -> {
                    assertThat(owner.names).containsExactlyInAnyOrder("b", "c", "d");
                    assertThat(owner.numbers).containsExactlyInAnyOrder(1L, 3L, 4L);
                });
        rows("Owner_names", 3);
        rows("Owner_numbers", 3);
        underPrimaryKey("Owner_names", "names", 1);
        underPrimaryKey("Owner_numbers", "numbers", 1);
        // the same value again, taken out and put back in two transactions: its row is the new key's
        change(owner -> owner.names.remove("b"), owner -> {});
        change(owner -> owner.names.add("b"), owner -> assertThat(owner.names).hasSize(3));
        rows("Owner_names", 3);
        underPrimaryKey("Owner_names", "names", 2);
        change(
                owner -> owner.names.removeAll(Set.of("b", "c")),
                owner -> assertThat(owner.names).containsExactly("d"));
        rows("Owner_names", 1);
        change(
                owner -> owner.numbers.clear(),
                owner -> assertThat(owner.numbers).isEmpty());
        rows("Owner_numbers", 0);
        change(
                owner -> owner.names = new HashSet<>(Set.of("d", "e")),
                owner -> assertThat(owner.names).containsExactlyInAnyOrder("d", "e"));
        rows("Owner_names", 2);
    }

    @ParameterizedTest
    @EnumSource
    void embeddables_in_sets(TestDatabase kind) {
        written_under_another_key(kind);
        change(
                owner -> {
                    owner.cards.remove(card("1"));
                    owner.cards.add(card("4"));
                    owner.loose.remove(new Loose("1", null));
                    owner.loose.add(new Loose("2", null));
                },
                owner -> {
                    assertThat(owner.cards).containsExactlyInAnyOrder(card("2"), card("3"), card("4"));
                    assertThat(owner.loose)
                            .containsExactlyInAnyOrder(new Loose(null, "1"), new Loose("1", "1"), new Loose("2", null));
                });
        rows("Owner_cards", 3);
        rows("Owner_loose", 3);
    }

    @ParameterizedTest
    @EnumSource
    void keys_of_maps(TestDatabase kind) {
        written_under_another_key(kind);
        change(
                owner -> {
                    owner.plainValues.put("one", "11");
                    owner.plainValues.remove("two");
                    owner.plainValues.put("four", "4");
                    owner.secrets.put(day(1), "11");
                    owner.secrets.remove(day(2));
                    owner.secrets.put(day(4), "4");
                    owner.byCard.put(card("1"), "11");
                    owner.byCard.remove(card("2"));
                    owner.byCard.put(card("3"), "3");
                },
                owner -> {
                    assertThat(owner.plainValues)
                            .containsExactlyInAnyOrderEntriesOf(Map.of("one", "11", "three", "3", "four", "4"));
                    assertThat(owner.secrets)
                            .containsExactlyInAnyOrderEntriesOf(Map.of(day(1), "11", day(3), "3", day(4), "4"));
                    assertThat(owner.byCard)
                            .containsExactlyInAnyOrderEntriesOf(Map.of(card("1"), "11", card("3"), "3"));
                });
        rows("Owner_plainValues", 3);
        rows("Owner_secrets", 3);
        rows("Owner_byCard", 2);
        underPrimaryKey("Owner_plainValues", "plainValues_KEY", 2);
        // renamed: the entry moves to another key
        change(
                owner -> owner.plainValues.put("drei", owner.plainValues.remove("three")),
                owner ->
                        assertThat(owner.plainValues).containsEntry("drei", "3").hasSize(3));
        rows("Owner_plainValues", 3);
        change(
                owner -> owner.secrets.clear(),
                owner -> assertThat(owner.secrets).isEmpty());
        rows("Owner_secrets", 0);
    }

    @ParameterizedTest
    @EnumSource
    void keys_of_entities(TestDatabase kind) {
        written_under_another_key(kind);
        factory.sessions().inTransaction(session -> {
            Owner owner = session.find(Owner.class, 1L);
            owner.friends.put("ten", session.find(Friend.class, 12L));
            owner.friends.remove("eleven");
            owner.best.put("twenty", new Friend(21));
            owner.best.remove("thirty");
            owner.best.put("forty", new Friend(40));
        });
        change(owner -> {}, owner -> {
            assertThat(owner.friends).containsOnlyKeys("ten");
            assertThat(owner.friends.get("ten").id).isEqualTo(12L);
            assertThat(owner.best).containsOnlyKeys("twenty", "forty");
            assertThat(owner.best.get("twenty").id).isEqualTo(21L);
        });
        rows("owner_friend", 1);
        assertThat(factory.raw("select id from friend where best_of = 1 order by id"))
                .extracting(id -> ((Number) id).longValue())
                .containsExactly(21L, 40L);
    }

    @ParameterizedTest
    @EnumSource
    void lists_are_found_by_their_index(TestDatabase kind) {
        written_under_another_key(kind);
        change(
                owner -> {
                    owner.list.set(1, "w");
                    owner.list.remove(0);
                },
                owner -> assertThat(owner.list).containsExactly("w", "z"));
        rows("Owner_list", 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_removed_owner_leaves_no_row(TestDatabase kind) {
        written_under_another_key(kind);
        factory.sessions().inTransaction(session -> session.remove(session.find(Owner.class, 1L)));

        for (String table : List.of(
                "Owner_names", "Owner_numbers", "Owner_cards", "Owner_loose", "Owner_plainValues", "Owner_secrets")) {
            rows(table, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_detached_owner_that_is_merged(TestDatabase kind) {
        written_under_another_key(kind);
        Owner detached = factory.sessions().fromTransaction(session -> {
            Owner owner = session.find(Owner.class, 1L);
            for (Object collection : List.of(
                    owner.names,
                    owner.numbers,
                    owner.cards,
                    owner.loose,
                    owner.plainValues,
                    owner.secrets,
                    owner.byCard,
                    owner.list,
                    owner.friends,
                    owner.best)) {
                Hibernate.initialize(collection);
            }
            return owner;
        });
        detached.names.remove("a");
        detached.secrets.put(day(1), "merged");
        factory.sessions().inTransaction(session -> session.merge(detached));

        change(owner -> {}, owner -> {
            assertThat(owner.names).containsExactlyInAnyOrder("b", "c");
            assertThat(owner.secrets).containsEntry(day(1), "merged").hasSize(3);
        });
        rows("Owner_names", 2);
        rows("Owner_secrets", 3);
    }

    @ParameterizedTest
    @EnumSource
    void what_asks_the_database_for_one_entry_sees_all_keys_or_refuses(TestDatabase kind) {
        written_under_another_key(kind);
        change(owner -> {}, owner -> {
            assertThat(Hibernate.contains(owner.names, "a")).isTrue();
            assertThat(Hibernate.contains(owner.names, "none")).isFalse();
            assertThat(Hibernate.contains(owner.numbers, 3L)).isTrue();
            assertThat(Hibernate.isInitialized(owner.names)).isFalse();
            assertThatThrownBy(() -> Hibernate.get(owner.secrets, day(1)))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Owner.secrets")
                    .hasMessageContaining("Hibernate.initialize");
            assertThat(owner.secrets.get(day(1))).isEqualTo("1");
            assertThat(owner.secrets.containsKey(day(2))).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void two_transactions_that_change_different_elements_do_not_undo_each_other(TestDatabase kind) {
        written_under_another_key(kind);
        factory.sessions().inTransaction(first -> {
            Owner seen = first.find(Owner.class, 1L);
            assertThat(seen.names).hasSize(3);
            factory.sessions()
                    .inTransaction(second -> second.find(Owner.class, 1L).names.addAll(Set.of("second", "other")));
            seen.names.add("first");
            seen.names.remove("a");
        });

        change(
                owner -> {},
                owner -> assertThat(owner.names).containsExactlyInAnyOrder("b", "c", "first", "second", "other"));
    }

    /** Both have seen the same elements; a deadlock, which MariaDB makes of such inserts, is no silence, and the loser tries again. */
    @ParameterizedTest
    @EnumSource
    void two_threads_that_change_different_elements_do_not_undo_each_other(TestDatabase kind) throws Exception {
        written_under_another_key(kind);
        CyclicBarrier haveRead = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> changes = List.of(
                    threads.submit(() -> changeBeside(haveRead, "a", "first")),
                    threads.submit(() -> changeBeside(haveRead, "b", "second")));
            for (Future<?> change : changes) {
                change.get(5, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        change(owner -> {}, owner -> {
            assertThat(owner.names).containsExactlyInAnyOrder("c", "first", "second");
            assertThat(owner.plainValues).containsOnlyKeys("one", "two", "three", "first", "second");
        });
    }

    private void changeBeside(CyclicBarrier haveRead, String removed, String added) {
        boolean both = true;
        while (true) {
            boolean wait = both;
            try {
                factory.sessions().inTransaction(session -> {
                    Owner owner = session.find(Owner.class, 1L);
                    assertThat(owner.names).contains(removed);
                    assertThat(owner.plainValues).containsKey("one");
                    if (wait) {
                        await(haveRead);
                    }
                    owner.names.remove(removed);
                    owner.names.add(added);
                    owner.plainValues.put(added, "new");
                });
                return;
            } catch (PessimisticLockException | LockTimeoutException | LockAcquisitionException deadlock) {
                assertThat(both).as("the other one is done: %s", deadlock).isTrue();
                both = false;
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_in_clear_are_found(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        Class<?>[] entities = {Owner.class, Friend.class};
        try (TestFactory old = TestFactory.on(database, Map.of(), entities)) {
            old.persist(new Owner());
            old.execute("update Owner_names set names = 'a'  where names = '"
                    + old.raw("select names from Owner_names").get(0) + "'");
        }
        factory = TestFactory.on(
                database, Map.of(Setting.PLAINTEXT.property(), "allow", "hibernate.hbm2ddl.auto", "none"), entities);
        change(
                owner -> owner.names.remove("a"),
                owner -> assertThat(owner.names).doesNotContain("a"));
        assertThat(factory.raw("select names from Owner_names")).doesNotContain("a");
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void a_stateless_session_writes_under_the_primary_key(TestDatabase kind) {
        written_under_another_key(kind);
        try (StatelessSession session = factory.sessions().openStatelessSession()) {
            session.beginTransaction();
            Owner fresh = new Owner();
            fresh.id = 2L;
            session.insert(fresh);
            session.getTransaction().commit();
        }
        int written =
                factory.raw("select names from Owner_names where Owner_id = 2").size();
        // Hibernate 6 leaves collections alone here, Hibernate 7 writes them.
        assertThat(written).isIn(0, 3);
        underPrimaryKey("Owner_names where Owner_id = 2", "names", written);
        rows("Owner_names where Owner_id = 1", 3);
    }
}
