package io.cipherfield.hibernate.internal.query;

import static io.cipherfield.hibernate.testing.ForeignFormat.ENC;
import static io.cipherfield.hibernate.testing.ForeignFormat.FIXED;
import static io.cipherfield.hibernate.testing.ForeignFormat.FIXED_OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.MixedKeysPolicy;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.PlaintextMode;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.nativesql.EncryptedValues;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deterministic attributes while other systems' values are read: where each form can be looked for, queries find all rows; otherwise they are refused. Rows 1
 * to 5 hold one value: under either key, in clear, in a format that gives equal values equal forms, and under the new key again; 6 holds another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegacyQueriesTest {

    private static final Class<?>[] ENTITIES = {Person.class, Archive.class, Other.class};

    private final Map<TestDatabase, SessionFactory> factories = new EnumMap<>(TestDatabase.class);

    @Entity(name = "Person")
    static class Person {
        @Id
        Long id;

        String label;

        /** All forms can be worked out. */
        @Encrypted(deterministic = true, context = "tax", plaintext = PlaintextMode.ALLOW, legacy = "fixed")
        String tax;

        @Encrypted(deterministic = true, storage = Storage.TEXT, legacy = "fixed-owner")
        Integer points;

        /** Those of one reader cannot. */
        @Encrypted(
                deterministic = true,
                plaintext = PlaintextMode.ALLOW,
                legacy = {"fixed", "enc"})
        String code;

        /** Plaintext only, as before. */
        @Encrypted(deterministic = true, plaintext = PlaintextMode.ALLOW)
        String plain;
    }

    @Entity(name = "Archive")
    static class Archive {
        @Id
        Long id;

        @Encrypted(deterministic = true, context = "tax", plaintext = PlaintextMode.ALLOW, legacy = "fixed")
        String tax;
    }

    /** Reads plaintext, and takes the other system's values for that. */
    @Entity(name = "Other")
    static class Other {
        @Id
        Long id;

        @Encrypted(deterministic = true, context = "tax", plaintext = PlaintextMode.ALLOW)
        String tax;
    }

    @BeforeAll
    void start() {
        Map<String, ?> readers = Map.of(
                CipherfieldService.LEGACY_READERS,
                LegacyReaders.of(FIXED, FIXED_OWNER, ENC),
                "hibernate.hbm2ddl.auto",
                "none");
        for (TestDatabase database : TestDatabase.values()) {
            TestDatabase.Fresh fresh = database.fresh();
            try (SessionFactory before = Rings.start(
                    fresh,
                    CipherfieldConfiguration.of(Keyring.of(Rings.OLD)),
                    Map.of(CipherfieldService.LEGACY_READERS, LegacyReaders.of(FIXED, FIXED_OWNER, ENC)),
                    ENTITIES)) {
                persist(before, 1, "same", 7);
            }
            SessionFactory rotating = Rings.start(
                    fresh,
                    CipherfieldConfiguration.of(Keyring.of(Rings.NEW, Rings.OLD))
                            .withMixedKeys(MixedKeysPolicy.ALLOW),
                    readers,
                    ENTITIES);
            persist(rotating, 2, "same", 7);
            insert(fresh, 3, "same", FIXED_OWNER.write("7"), ENC.write("same"));
            insert(fresh, 4, FIXED.write("same"), FIXED_OWNER.write("7"), FIXED.write("same"));
            persist(rotating, 5, "same", 7);
            persist(rotating, 6, "other", 8);
            factories.put(database, rotating);
        }
    }

    @AfterAll
    void stop() {
        factories.values().forEach(SessionFactory::close);
    }

    private static void persist(SessionFactory factory, long id, String value, int points) {
        factory.inTransaction(session -> {
            Person person = new Person();
            person.id = id;
            person.label = "label";
            person.tax = value;
            person.points = points;
            person.code = value;
            person.plain = value;
            session.persist(person);
        });
    }

    private static void insert(TestDatabase.Fresh database, long id, String tax, String points, String code) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into Person (id, label, tax, points, code, plain) values (?, 'label', ?, ?, ?, 'same')")) {
            statement.setLong(1, id);
            statement.setString(2, tax);
            statement.setString(3, points);
            statement.setString(4, code);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private SessionFactory on(TestDatabase database) {
        return factories.get(database);
    }

    private List<Long> ids(TestDatabase database, String where, Object v) {
        return on(database).fromTransaction(session -> {
            var query = session.createSelectionQuery(
                    "select p.id from Person p where " + where + " order by p.id", Long.class);
            if (where.contains(":v")) {
                query.setParameter("v", v);
            }
            if (where.contains(":l")) {
                query.setParameterList("l", List.of(v, v));
            }
            return query.getResultList();
        });
    }

    @ParameterizedTest
    @EnumSource
    void equality_finds_each_form(TestDatabase database) {
        for (String where : List.of(
                "p.tax = :v",
                ":v = p.tax",
                "p.tax in (:l)",
                "p.tax = 'same'",
                "p.tax is not distinct from :v",
                "not (p.tax <> :v)",
                "(p.tax, p.label) = (:v, 'label')",
                "exists (select 1 from Person q where q.id = p.id and q.tax = :v)")) {
            assertThat(ids(database, where, "same")).as(where).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
        assertThat(ids(database, "p.tax <> :v", "same")).containsExactly(6L);
        assertThat(ids(database, "p.points = :v", 7)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ids(database, "p.points = 7", 7)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ids(database, "p.points not in (:l)", 7)).containsExactly(6L);
        assertThat(ids(database, "p.plain = :v", "same")).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @ParameterizedTest
    @EnumSource
    void a_value_that_is_another_systems_form_finds_no_row_that_it_was_copied_from(TestDatabase database) {
        assertThat(ids(database, "p.tax = :v", FIXED.write("same"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void bulk_statements_criteria_examples_and_native_queries_find_each_form(TestDatabase database) {
        SessionFactory factory = on(database);
        assertThat(factory.<Integer>fromTransaction(
                        session -> session.createMutationQuery("update Person p set p.label = 'label' where p.tax = :v")
                                .setParameter("v", "same")
                                .executeUpdate()))
                .isEqualTo(5);
        JpaCriteriaQuery<Long> criteria = factory.getCriteriaBuilder().createQuery(Long.class);
        JpaRoot<Person> person = criteria.from(Person.class);
        criteria.select(person.get("id")).where(person.get("tax").equalTo("same"));
        assertThat(list(factory, session -> session.createQuery(criteria).getResultList()))
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);

        List<Object> forms = EncryptedValues.of(factory, Person.class, "tax").parameters("same");
        assertThat(forms).contains("same", FIXED.write("same")).hasSize(4);
        assertThat(list(
                        factory,
                        session -> session.createNativeQuery("select id from Person where tax in (:l)", Long.class)
                                .setParameterList("l", forms)
                                .getResultList()))
                .hasSize(5);
    }

    private static <T> List<T> list(SessionFactory factory, Function<Session, List<T>> query) {
        return factory.fromTransaction(query);
    }

    private static void refused(Runnable statement, String... words) {
        assertThatThrownBy(statement::run)
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("re-encryption job")
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p.code = :v",
                "p.code <> :v",
                "p.code in (:l)",
                "p.code = 'same'",
                "(p.code, p.label) = (:v, 'label')",
                ":v in (select q.code from Person q)"
            })
    void a_comparison_that_would_miss_rows_is_refused(String where) {
        refused(() -> ids(TestDatabase.H2, where, "same"), "Person.code", "reader enc", "take fixed, enc out");
    }

    @Test
    void so_are_criteria_bulk_statements_and_the_helper() {
        SessionFactory factory = on(TestDatabase.H2);
        JpaCriteriaQuery<Person> criteria = factory.getCriteriaBuilder().createQuery(Person.class);
        JpaRoot<Person> person = criteria.from(Person.class);
        criteria.where(person.get("code").equalTo("same"));
        refused(
                () -> factory.inTransaction(
                        session -> session.createQuery(criteria).getResultList()),
                "Person.code",
                "reader enc");
        refused(
                () -> factory.inTransaction(
                        session -> session.createMutationQuery("delete Person p where p.code = 'same'")
                                .executeUpdate()),
                "Person.code",
                "reader enc");
        refused(() -> EncryptedValues.of(factory, Person.class, "code").parameters("same"), "code", "reader enc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select p.tax, count(*) from Person p group by p.tax",
                "select distinct p.tax from Person p",
                "select count(distinct p.tax) from Person p",
                "select p.id from Person p join Person q on p.tax = q.tax",
                "select p.id from Person p where p.tax in (select a.tax from Archive a)",
                "select p.tax from Person p union select q.tax from Person q",
                "select distinct p.points from Person p"
            })
    void columns_are_not_compared_even_where_mixed_keys_are_allowed(String statement) {
        refused(
                () -> on(TestDatabase.H2)
                        .inTransaction(session ->
                                session.createQuery(statement, Object[].class).getResultList()),
                "Person.",
                "values of other systems are read");
    }

    @Test
    void what_does_not_compare_works() {
        assertThat(ids(TestDatabase.H2, "p.code is not null", "")).hasSize(6);
        assertThat(list(
                        on(TestDatabase.H2),
                        session -> session.createSelectionQuery(
                                        "select p.code from Person p order by p.id", String.class)
                                .getResultList()))
                .containsExactly("same", "same", "same", "same", "same", "other");
    }

    @ParameterizedTest
    @EnumSource
    void values_are_copied_to_where_the_same_readers_read_and_nowhere_else(TestDatabase database) {
        on(database).inTransaction(session -> {
            session.createMutationQuery("insert into Archive (id, tax) select p.id, p.tax from Person p")
                    .executeUpdate();
            assertThat(session.createSelectionQuery("select a.tax from Archive a order by a.id", String.class)
                            .getResultList())
                    .containsExactly("same", "same", "same", "same", "same", "other");
            session.getTransaction().markRollbackOnly();
        });
        assertThatThrownBy(() -> on(database)
                        .inTransaction(session -> session.createMutationQuery(
                                        "insert into Other (id, tax) select p.id, p.tax from Person p")
                                .executeUpdate()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Other.tax");
    }

    @Test
    void on_conflict_by_it_is_refused() {
        assertThatThrownBy(() -> on(TestDatabase.POSTGRESQL)
                        .inTransaction(session -> session.createMutationQuery(
                                        "insert into Person (id, points) values (9, 7) on conflict (points) do nothing")
                                .executeUpdate()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("another system's values");
    }
}
