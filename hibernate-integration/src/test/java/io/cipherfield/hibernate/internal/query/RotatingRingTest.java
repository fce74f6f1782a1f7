package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.MixedKeysPolicy;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.SerializingRegionFactory;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.SecondaryTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hibernate.LockMode;
import org.hibernate.LockOptions;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaDelete;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaCriteriaUpdate;
import org.hibernate.query.criteria.JpaRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** While the ring holds two keys: rows 1 and 2 are under the old one, 3 and 4 under the new one; odd rows hold the same value. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotatingRingTest {

    static final Class<?>[] ENTITIES = {
        Citizen.class, Permit.class, Letter.class, Twins.Member.class, Twins.Guest.class, Account.class
    };

    private final Map<TestDatabase, SessionFactory> factories = new EnumMap<>(TestDatabase.class);
    private final Map<TestDatabase, TestDatabase.Fresh> databases = new EnumMap<>(TestDatabase.class);

    @Entity(name = "Citizen")
    @NaturalIdCache
    static class Citizen {
        @Id
        Long id;

        @NaturalId
        @Encrypted(deterministic = true)
        String number;
    }

    @Entity(name = "Permit")
    static class Permit {
        @Id
        Long id;

        @NaturalId
        String country;

        @NaturalId
        @Encrypted(deterministic = true)
        Integer number;
    }

    @Entity(name = "Letter")
    @SecondaryTable(name = "letter_text")
    static class Letter {
        @Id
        Long id;

        @Encrypted(deterministic = true)
        String sender;

        @Column(table = "letter_text")
        @Encrypted(deterministic = true)
        String subject;

        @Column(table = "letter_text")
        String note;

        String label;
    }

    @Entity(name = "Account")
    static class Account {
        @Id
        Long id;

        @Column(unique = true)
        @Encrypted(deterministic = true)
        String iban;

        String label;
    }

    @BeforeAll
    void start() {
        for (TestDatabase database : TestDatabase.values()) {
            TestDatabase.Fresh fresh = database.fresh();
            try (SessionFactory before = Rings.first(fresh, ENTITIES)) {
                fill(before, 1, 2);
            }
            SessionFactory rotating =
                    Rings.start(fresh, rotating(), Map.of("hibernate.hbm2ddl.auto", "none"), ENTITIES);
            fill(rotating, 3, 4);
            factories.put(database, rotating);
            databases.put(database, fresh);
        }
    }

    /** Of the application that runs while the key is rotated. */
    CipherfieldConfiguration rotating() {
        return CipherfieldConfiguration.of(Keyring.of(Rings.NEW, Rings.OLD));
    }

    private static void fill(SessionFactory sessions, long from, long to) {
        sessions.inTransaction(session -> {
            for (long id = from; id <= to; id++) {
                Citizen citizen = new Citizen();
                citizen.id = id;
                citizen.number = "number " + id;
                session.persist(citizen);
                Permit permit = new Permit();
                permit.id = id;
                permit.country = "FR";
                permit.number = (int) id;
                session.persist(permit);
                Letter letter = new Letter();
                letter.id = id;
                letter.sender = value(id);
                letter.subject = value(id);
                letter.note = "before";
                letter.label = "before";
                session.persist(letter);
                Twins.Guest guest = new Twins.Guest();
                guest.id = id;
                guest.tax = value(id);
                guest.room = value(id);
                guest.label = "before";
                guest.note = "before";
                session.persist(guest);
                Account account = new Account();
                account.id = id;
                account.iban = "iban " + id;
                session.persist(account);
            }
        });
    }

    private static String value(long id) {
        return id % 2 == 1 ? "odd" : "even";
    }

    @AfterAll
    void stop() {
        factories.values().forEach(SessionFactory::close);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_natural_id_under_either_key_is_found_and_locked(TestDatabase database) {
        for (long id = 1; id <= 4; id++) {
            String number = "number " + id;
            LockMode mode = factories
                    .get(database)
                    .fromTransaction(session -> session.getCurrentLockMode(session.bySimpleNaturalId(Citizen.class)
                            .with(new LockOptions(LockMode.PESSIMISTIC_WRITE))
                            .load(number)));
            assertThat(mode).isEqualTo(LockMode.PESSIMISTIC_WRITE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_simple_natural_id_is_found_under_either_key(TestDatabase database) {
        for (long id = 1; id <= 4; id++) {
            String number = "number " + id;
            Citizen citizen = factories
                    .get(database)
                    .fromTransaction(
                            session -> session.bySimpleNaturalId(Citizen.class).load(number));
            assertThat(citizen.id).isEqualTo(id);
            assertThat(citizen.number).isEqualTo(number);
            Object identifier = factories
                    .get(database)
                    .fromTransaction(session -> session.getIdentifier(session.byNaturalId(Citizen.class)
                            .using("number", number)
                            .getReference()));
            assertThat(identifier).isEqualTo(id);
        }
        assertThat((Object) factories
                        .get(database)
                        .fromTransaction(session ->
                                session.bySimpleNaturalId(Citizen.class).load("number 5")))
                .isNull();
    }

    @Test
    void a_cached_natural_id_leads_to_its_row() {
        try (SessionFactory caching = Rings.start(
                databases.get(TestDatabase.H2),
                rotating(),
                Map.of(
                        "hibernate.hbm2ddl.auto", "none",
                        "hibernate.generate_statistics", "true",
                        "hibernate.cache.use_second_level_cache", "true",
                        "hibernate.cache.region.factory_class", SerializingRegionFactory.class.getName()),
                ENTITIES)) {
            for (int round = 0; round < 2; round++) {
                for (long id = 1; id <= 4; id++) {
                    String number = "number " + id;
                    Citizen citizen = caching.fromTransaction(
                            session -> session.bySimpleNaturalId(Citizen.class).load(number));
                    assertThat(citizen.id).isEqualTo(id);
                }
            }
            assertThat(caching.getStatistics().getNaturalIdCacheHitCount()).isEqualTo(4);
        }
    }

    /** Hibernate asks databases that it gives arrays to by one parameter, whose values cannot be bound in each form. */
    @ParameterizedTest
    @EnumSource
    void several_natural_ids_are_found_under_either_key_or_refused(TestDatabase database) {
        factories.get(database).inTransaction(session -> {
            try {
                assertThat(session.byMultipleNaturalId(Citizen.class)
                                .enableOrderedReturn(false)
                                .multiLoad("number 1", "number 4", "number 3"))
                        .extracting(citizen -> citizen.id)
                        .containsExactlyInAnyOrder(1L, 4L, 3L);
            } catch (EncryptedAttributeException e) {
                assertThat(e).hasMessageContaining("Citizen.number").hasMessageContaining("in (:list)");
                assertThat(database).isNotEqualTo(TestDatabase.MARIADB);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_compound_natural_id_is_found_under_either_key(TestDatabase database) {
        for (int id = 1; id <= 4; id++) {
            int number = id;
            Permit permit = factories
                    .get(database)
                    .fromTransaction(session -> session.byNaturalId(Permit.class)
                            .using("country", "FR")
                            .using("number", number)
                            .load());
            assertThat(permit.id).isEqualTo(id);
        }
        List<Permit> permits = factories
                .get(database)
                .fromTransaction(session -> session.byMultipleNaturalId(Permit.class)
                        .enableOrderedReturn(false)
                        .multiLoad(Map.of("country", "FR", "number", 1), Map.of("country", "FR", "number", 4)));
        assertThat(permits).extracting(permit -> permit.id).containsExactlyInAnyOrder(1L, 4L);
    }

    @ParameterizedTest
    @EnumSource
    void statements_over_several_tables_touch_the_rows_of_both_keys(TestDatabase database) {
        for (String statement : List.of(
                "update Guest g set g.label = 'after', g.note = 'after' where g.tax = :v",
                "update Guest g set g.label = 'after', g.note = 'after' where g.room in (:list) and g.tax <> :w",
                "update Guest g set g.label = 'after', g.note = 'after' where not (g.room = :w) or g.room is null",
                "update Guest g set g.label = 'after' where g.id in (select h.id from Guest h where h.room = :v)",
                "update Guest g set g.label = 'after' where exists (select 1 from Guest h where h.room = :v and h.id = g.id)",
                "update Letter l set l.label = 'after', l.note = 'after' where l.sender = :v",
                "update Letter l set l.label = 'after', l.note = 'after' where l.subject = 'odd'",
                "update Letter l set l.note = 'after' where l.subject is not distinct from :v",
                "delete from Guest g where g.tax = :v",
                "delete from Guest g where g.room = :v and g.tax not in (:w)",
                "delete from Letter l where l.subject = :v")) {
            for (String value : List.of("odd", "even")) {
                factories.get(database).inTransaction(session -> {
                    var query = session.createMutationQuery(statement);
                    if (statement.contains(":v")) {
                        query.setParameter("v", value);
                    }
                    if (statement.contains(":w")) {
                        query.setParameter("w", value.equals("odd") ? "even" : "odd");
                    }
                    if (statement.contains(":list")) {
                        query.setParameterList("list", List.of(value, "none"));
                    }
                    assertThat(query.executeUpdate()).as(statement).isEqualTo(2);
                    session.getTransaction().setRollbackOnly();
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void statements_over_one_table_touch_the_rows_of_both_keys(TestDatabase database) {
        for (String statement : List.of(
                "update Citizen c set c.number = :new where c.number in (:v, :w)",
                "delete from Citizen c where c.number in (:v, :w)",
                "delete from Citizen c where c.number = :v or c.number = :w")) {
            factories.get(database).inTransaction(session -> {
                var query = session.createMutationQuery(statement);
                query.setParameter("v", "number 1").setParameter("w", "number 3");
                if (statement.contains(":new")) {
                    query.setParameter("new", "same");
                }
                try {
                    assertThat(query.executeUpdate()).as(statement).isEqualTo(2);
                } catch (org.hibernate.exception.ConstraintViolationException e) {
                    // The natural id is unique: both rows were found
                    assertThat(statement).startsWith("update");
                }
                session.getTransaction().setRollbackOnly();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void criteria_find_the_rows_of_both_keys(TestDatabase database) {
        factories.get(database).inTransaction(session -> {
            HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
            JpaCriteriaQuery<Long> equal = builder.createQuery(Long.class);
            JpaRoot<Twins.Guest> guest = equal.from(Twins.Guest.class);
            equal.select(guest.get("id")).where(builder.equal(guest.get("room"), "odd"));
            assertThat(session.createQuery(equal).getResultList()).containsExactlyInAnyOrder(1L, 3L);

            JpaCriteriaQuery<Long> other = builder.createQuery(Long.class);
            guest = other.from(Twins.Guest.class);
            other.select(guest.get("id")).where(builder.notEqual(guest.get("room"), builder.literal("odd")));
            assertThat(session.createQuery(other).getResultList()).containsExactlyInAnyOrder(2L, 4L);

            JpaCriteriaQuery<Long> in = builder.createQuery(Long.class);
            guest = in.from(Twins.Guest.class);
            in.select(guest.get("id")).where(guest.get("room").in(List.of("even", "none")));
            assertThat(session.createQuery(in).getResultList()).containsExactlyInAnyOrder(2L, 4L);
        });
    }

    @ParameterizedTest
    @EnumSource
    void criteria_update_and_delete_the_rows_of_both_keys(TestDatabase database) {
        factories.get(database).inTransaction(session -> {
            HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
            JpaCriteriaUpdate<Account> update = builder.createCriteriaUpdate(Account.class);
            JpaRoot<Account> account = update.from(Account.class);
            update.set("label", "after").where(account.get("iban").in(List.of("iban 1", "iban 3")));
            assertThat(session.createMutationQuery(update).executeUpdate()).isEqualTo(2);

            JpaCriteriaDelete<Account> delete = builder.createCriteriaDelete(Account.class);
            account = delete.from(Account.class);
            delete.where(builder.or(
                    builder.equal(account.get("iban"), "iban 1"), builder.equal(account.get("iban"), "iban 4")));
            assertThat(session.createMutationQuery(delete).executeUpdate()).isEqualTo(2);
            assertThat(session.createQuery("select a.id from Account a", Long.class)
                            .getResultList())
                    .containsExactlyInAnyOrder(2L, 3L);
            session.getTransaction().setRollbackOnly();
        });
    }

    @ParameterizedTest
    @EnumSource
    void pages_and_later_values_are_right(TestDatabase database) {
        factories.get(database).inTransaction(session -> {
            for (int round = 0; round < 2; round++) {
                for (String value : List.of("odd", "even")) {
                    List<Long> second = session.createQuery(
                                    "select g.id from Guest g where g.room = :v and g.id > :id order by g.id",
                                    Long.class)
                            .setParameter("v", value)
                            .setParameter("id", 0L)
                            .setFirstResult(1)
                            .setMaxResults(1)
                            .getResultList();
                    assertThat(second).containsExactly(value.equals("odd") ? 3L : 4L);
                }
            }
        });
    }

    @Test
    void cached_results_are_those_of_the_value() {
        factories.get(TestDatabase.H2).inTransaction(session -> {
            for (String value : List.of("odd", "even", "odd")) {
                assertThat(session.createQuery("select g.id from Guest g where g.room = :v", Long.class)
                                .setParameter("v", value)
                                .setCacheable(true)
                                .getResultList())
                        .hasSize(2)
                        .contains(value.equals("odd") ? 1L : 2L);
            }
        });
    }

    @Test
    void numbered_markers_padded_lists_and_inline_literals_are_right() {
        for (TestDatabase database : TestDatabase.values()) {
            try (SessionFactory sessions = Rings.start(
                    databases.get(database),
                    rotating(),
                    Map.of(
                            "hibernate.hbm2ddl.auto", "none",
                            "hibernate.query.in_clause_parameter_padding", "true",
                            "hibernate.criteria.value_handling_mode", "inline",
                            "hibernate.dialect.native_param_markers", "true"),
                    ENTITIES)) {
                criteria(sessions);
                sessions.inTransaction(session -> {
                    List<Long> ids = session.createQuery(
                                    "select g.id from Guest g where g.room in (:list) and g.id < :id and g.tax = :v"
                                            + " and g.room <> :w",
                                    Long.class)
                            .setParameterList("list", List.of("odd", "x", "y"))
                            .setParameter("id", 3L)
                            .setParameter("v", "odd")
                            .setParameter("w", "even")
                            .getResultList();
                    assertThat(ids).containsExactly(1L);
                });
            }
        }
    }

    private static void criteria(SessionFactory sessions) {
        sessions.inTransaction(session -> {
            HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
            JpaCriteriaQuery<Long> equal = builder.createQuery(Long.class);
            JpaRoot<Twins.Guest> guest = equal.from(Twins.Guest.class);
            equal.select(guest.get("id")).where(builder.equal(guest.get("room"), "odd"));
            assertThat(session.createQuery(equal).getResultList()).containsExactlyInAnyOrder(1L, 3L);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select g.id from Guest g join Guest h on g.room = h.room",
                "select g.id from Guest g where g.room in (select h.room from Guest h)",
                "select g.room, count(*) from Guest g group by g.room",
                "select distinct g.room from Guest g",
                "select count(distinct g.room) from Guest g",
                "select g.room from Guest g union select h.room from Guest h",
                "select g.id, count(*) over (partition by g.room) from Guest g"
            })
    void columns_are_compared_only_if_mixed_keys_are_allowed(String statement) {
        assertThatThrownBy(() -> factories
                        .get(TestDatabase.H2)
                        .inTransaction(session ->
                                session.createQuery(statement, Object[].class).getResultList()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Guest.room")
                .hasMessageContaining("under different ones")
                .hasMessageContaining("cipherfield.decrypt-only-keys")
                .hasMessageContaining("cipherfield.mixed-keys=allow");
        try (SessionFactory allowing = Rings.start(
                databases.get(TestDatabase.H2),
                CipherfieldConfiguration.of(Keyring.of(Rings.NEW, Rings.OLD)).withMixedKeys(MixedKeysPolicy.ALLOW),
                Map.of("hibernate.hbm2ddl.auto", "none"),
                ENTITIES)) {
            allowing.inTransaction(session -> assertThat(
                            session.createQuery(statement, Object[].class).getResultList())
                    .isNotEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_insert_that_keeps_what_is_there_does_not_look_under_one_key_only(TestDatabase database) {
        for (String conflict : List.of("on conflict do nothing", "on conflict (iban) do nothing")) {
            assertThatThrownBy(() -> factories
                            .get(database)
                            .inTransaction(session -> session.createMutationQuery(
                                            "insert into Account (id, iban, label) values (9, 'iban 1', 'x') "
                                                    + conflict)
                                    .executeUpdate()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Account.iban")
                    .hasMessageContaining("duplicate");
        }
    }

    @Test
    void an_upsert_does_not_look_for_a_duplicate_under_one_key_only() {
        String upsert = "insert into Account (id, iban, label) values (9, :iban, 'x')"
                + " on conflict (iban) do update set label = 'again'";
        assertThatThrownBy(() -> factories
                        .get(TestDatabase.H2)
                        .inTransaction(session -> session.createMutationQuery(upsert)
                                .setParameter("iban", "iban 1")
                                .executeUpdate()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Account.iban")
                .hasMessageContaining("duplicate")
                .hasMessageContaining("cipherfield.decrypt-only-keys");
        TestDatabase.Fresh fresh = TestDatabase.H2.fresh();
        try (SessionFactory single = Rings.first(fresh, ENTITIES)) {
            fill(single, 1, 2);
            single.inTransaction(session -> {
                session.createMutationQuery(upsert)
                        .setParameter("iban", "iban 1")
                        .executeUpdate();
                assertThat(session.createQuery("select a.label from Account a where a.iban = 'iban 1'", String.class)
                                .getResultList())
                        .containsExactly("again");
            });
        }
    }
}
