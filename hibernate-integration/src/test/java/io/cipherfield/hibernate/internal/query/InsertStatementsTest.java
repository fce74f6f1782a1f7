package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.Expression;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaConflictClause;
import org.hibernate.query.criteria.JpaCriteriaInsert;
import org.hibernate.query.criteria.JpaCriteriaInsertSelect;
import org.hibernate.query.criteria.JpaCriteriaInsertValues;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inserts with more to them: out of a {@code with} clause or a subquery, with {@code on conflict}, and by Criteria. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsertStatementsTest {

    private static final String ARCHIVED = "select secret from Archive order by id";

    private final Map<TestDatabase, Fixture> fixtures = new EnumMap<>(TestDatabase.class);

    @BeforeAll
    void start() {
        for (TestDatabase database : TestDatabase.values()) {
            fixtures.put(database, Fixture.on(database));
        }
    }

    @AfterAll
    void stop() {
        fixtures.values().forEach(Fixture::close);
    }

    private Fixture fresh(TestDatabase database) {
        Fixture fixture = fixtures.get(database);
        execute(fixture, "delete from Archive");
        execute(fixture, "delete from Patient where id = 9");
        return fixture;
    }

    private static int execute(Fixture fixture, String hql, Object... values) {
        return fixture.sessions().fromTransaction(session -> {
            var query = session.createMutationQuery(hql);
            for (int i = 0; i < values.length; i++) {
                query.setParameter("p" + i, values[i]);
            }
            return query.executeUpdate();
        });
    }

    /** What each row holds, decrypted below Hibernate. */
    private static List<Object> stored(Fixture fixture, String raw, String context) {
        return fixture.raw(raw).stream()
                .map(value -> Fixture.decrypt(context, value, String.class))
                .toList();
    }

    private static List<Object> archived(Fixture fixture) {
        return stored(fixture, ARCHIVED, "Patient.secret");
    }

    /** For MariaDB Hibernate writes the clause where that wants none, also where nothing is encrypted. */
    private static boolean takes(TestDatabase database, String hql) {
        return database != TestDatabase.MARIADB || !hql.contains(" with ");
    }

    @ParameterizedTest
    @EnumSource
    void a_copy_out_of_a_with_clause_or_a_subquery_stays_readable(TestDatabase database) {
        for (String hql : List.of(
                "insert into Archive (id, secret) with c as (select p.id as id, p.secret as secret from Patient p)"
                        + " select k.id + 10, k.secret from c k",
                "insert into Archive (id, secret) with c as (select p.id as id, p.secret as secret from Patient p),"
                        + " d as (select k.id as id, k.secret as secret from c k) select k.id + 10, k.secret from d k",
                "insert into Archive (id, secret) select k.id + 10, k.secret"
                        + " from (select p.id as id, p.secret as secret from Patient p) k")) {
            if (takes(database, hql)) {
                Fixture fixture = fresh(database);
                assertThat(execute(fixture, hql)).isEqualTo(2);
                assertThat(archived(fixture)).as(hql).containsExactly("secret 1", "secret 2");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_value_beside_a_with_clause_or_a_subquery_is_encrypted(TestDatabase database) {
        for (String hql : List.of(
                "insert into Archive (id, secret) with c as (select p.id as id from Patient p)"
                        + " select k.id + 10, :p0 from c k",
                "insert into Archive (id, secret) with c as (select p.id as id from Patient p where p.name <> 'x')"
                        + " select k.id + 10, 'value' from c k",
                "insert into Archive (id, secret) with c as (select p.id as id from Patient p)"
                        + " select q.id + 10, :p0 from Patient q where q.id in (select k.id from c k)",
                "insert into Archive (id, secret) select k.id + 10, :p0 from (select p.id as id from Patient p) k")) {
            for (int execution = 0; execution < 2 && takes(database, hql); execution++) {
                Fixture fixture = fresh(database);
                assertThat(hql.contains(":p0") ? execute(fixture, hql, "value") : execute(fixture, hql))
                        .isEqualTo(2);
                assertThat(archived(fixture)).as(hql).containsExactly("value", "value");
            }
        }
    }

    /** Hibernate takes what the with clause selects second for what is inserted second, and would encrypt it. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB", mode = EnumSource.Mode.EXCLUDE)
    void a_plain_value_out_of_a_with_clause_stays_plain(TestDatabase database) {
        Fixture fixture = fresh(database);
        execute(
                fixture,
                "insert into Archive (id, secret, name) with c as (select p.id as id, 'plain' as text, p.name as a,"
                        + " p.age as b from Patient p) select k.id + 10, :p0, k.text from c k",
                "value");

        assertThat(archived(fixture)).containsExactly("value", "value");
        assertThat(fixture.raw("select name from Archive")).containsExactly("plain", "plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(id, secret) with c as (select p.id as id, p.name as secret from Patient p) select k.id, k.secret from c k",
                "(id, secret) with c as (select p.id as id, p.other as secret from Patient p) select k.id, k.secret from c k",
                "(id, secret) with c as (select p.id as id, 'x' as secret from Patient p) select k.id, k.secret from c k",
                "(id, secret) with c as (select p.id as id, p.name as name from Patient p) select k.id, upper(k.name) from c k",
                "(id, name) with c as (select p.id as id, p.secret as secret from Patient p) select k.id, k.secret from c k",
                "(id, own) with c as (select p.id as id, p.secret as secret from Patient p) select k.id, k.secret from c k",
                "(id, name) with c as (select p.id as id from Patient p where p.secret = 'x') select k.id, 'x' from c k",
                "(id, name) with c as (select p.id as id, p.secret || 'x' as s from Patient p) select k.id, 'x' from c k",
                "(id, secret) select k.id, k.secret from (select p.id as id, p.name as secret from Patient p) k",
                "(id, name) select k.id, k.secret from (select p.id as id, p.secret as secret from Patient p) k",
                "(id, secret) values (5, 'x') on conflict (secret) do nothing",
                "(id, secret, name) values (5, 'x', 'n') on conflict (id) do update set secret = excluded.name",
                "(id, secret, name) values (5, 'x', 'n') on conflict (id) do update set secret = upper('x')",
                "(id, secret, name) values (5, 'x', 'n') on conflict (id) do update set name = excluded.secret",
                "(id, secret, own) values (5, 'x', 'n') on conflict (id) do update set own = excluded.secret",
                "(id, secret) values (5, 'x') on conflict (id) do update set secret = excluded.secret where secret = 'x'",
            })
    void what_would_store_plaintext_or_compare_ciphertexts_is_refused(String statement) {
        for (TestDatabase database : TestDatabase.values()) {
            Fixture fixture = fixtures.get(database);
            fixture.statements().clear();

            assertThatThrownBy(() -> execute(fixture, "insert into Archive " + statement))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .message()
                    .containsAnyOf("Archive.secret", "Archive.own", "Patient.secret");
            assertThat(fixture.statements()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void on_conflict_do_nothing_encrypts_what_it_inserts_and_keeps_the_row_that_is_there(TestDatabase database) {
        Fixture fixture = fresh(database);
        String hql = "insert into Archive (id, secret) values (5, :p0) on conflict do nothing";
        execute(fixture, hql, "first");
        execute(fixture, hql, "second");

        assertThat(archived(fixture)).containsExactly("first");

        execute(
                fixture,
                "insert into Patient (id, active, salary) values (9, true, :p0) on conflict do nothing",
                Integer.valueOf(17));
        assertThat(Fixture.decrypt(
                        "Patient.salary",
                        fixture.raw("select salary from Patient where id = 9").get(0),
                        Integer.class))
                .isEqualTo(17);
    }

    /** H2 has no such statement: there Hibernate sends a plain insert, also where nothing is encrypted. */
    @ParameterizedTest
    @EnumSource(names = "H2", mode = EnumSource.Mode.EXCLUDE)
    void on_conflict_of_named_columns_do_nothing_keeps_the_row_that_is_there(TestDatabase database) {
        Fixture fixture = fresh(database);
        String hql = "insert into Archive (id, secret) values (5, :p0) on conflict (id) do nothing";
        execute(fixture, hql, "first");
        execute(fixture, hql, "second");

        assertThat(archived(fixture)).containsExactly("first");
    }

    @ParameterizedTest
    @EnumSource
    void on_conflict_do_update_encrypts_what_it_sets(TestDatabase database) {
        for (String set : List.of("excluded.secret", ":p1", "'second'")) {
            Fixture fixture = fresh(database);
            String hql =
                    "insert into Archive (id, secret) values (5, :p0) on conflict (id) do update set secret = " + set;
            for (String value : List.of("first", "second")) {
                if (set.equals(":p1")) {
                    execute(fixture, hql, value, value);
                } else {
                    execute(fixture, hql, value);
                }
                assertThat(archived(fixture)).as(set).containsExactly(value);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void on_conflict_do_update_of_another_attribute_keeps_the_encrypted_one(TestDatabase database) {
        Fixture fixture = fresh(database);
        String hql = "insert into Archive (id, secret, name) values (5, :p0, 'before')"
                + " on conflict (id) do update set name = 'after'";
        execute(fixture, hql, "first");
        execute(fixture, hql, "second");

        assertThat(archived(fixture)).containsExactly("first");
        assertThat(fixture.raw("select name from Archive")).containsExactly("after");
    }

    /** H2 would change the bytes: that is refused. */
    @ParameterizedTest
    @EnumSource
    void on_conflict_do_update_writes_bytes_or_is_refused(TestDatabase database) {
        Fixture fixture = fresh(database);
        String hql = "insert into Patient (id, active, salary) values (9, true, :p0)"
                + " on conflict (id) do update set salary = excluded.salary";
        if (database == TestDatabase.H2) {
            assertThatThrownBy(() -> execute(fixture, hql, 17))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Patient.salary")
                    .hasMessageContaining("storage = TEXT");
            return;
        }
        execute(fixture, hql, 16);
        execute(fixture, hql, 17);

        assertThat(Fixture.decrypt(
                        "Patient.salary",
                        fixture.raw("select salary from Patient where id = 9").get(0),
                        Integer.class))
                .isEqualTo(17);
    }

    @ParameterizedTest
    @EnumSource
    void a_criteria_insert_of_values_encrypts_parameters_and_literals(TestDatabase database) {
        Fixture fixture = fresh(database);
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaInsertValues<Model.Archive> insert = builder.createCriteriaInsertValues(Model.Archive.class);
        insert.setInsertionTargetPaths(
                insert.getTarget().get("id"), insert.getTarget().get("secret"));
        insert.values(
                builder.values(builder.literal(5L), builder.literal("literal")),
                builder.values(builder.value(6L), builder.value("value")),
                builder.values(builder.literal(7L), builder.parameter(String.class, "p")));
        JpaCriteriaInsert<Model.Archive> statement = insert;
        fixture.sessions()
                .inTransaction(session -> session.createMutationQuery(statement)
                        .setParameter("p", "parameter")
                        .executeUpdate());

        assertThat(archived(fixture)).containsExactly("literal", "value", "parameter");
    }

    @ParameterizedTest
    @EnumSource
    void a_criteria_insert_with_on_conflict_encrypts_what_it_sets(TestDatabase database) {
        Fixture fixture = fresh(database);
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        for (String value : List.of("first", "second")) {
            JpaCriteriaInsertValues<Model.Archive> insert = builder.createCriteriaInsertValues(Model.Archive.class);
            insert.setInsertionTargetPaths(
                    insert.getTarget().get("id"), insert.getTarget().get("secret"));
            insert.values(builder.values(builder.literal(5L), builder.literal(value)));
            JpaConflictClause<Model.Archive> conflict = insert.onConflict();
            conflict.conflictOnConstraintAttributes("id");
            conflict.onConflictDoUpdate().set("secret", "updated " + value);
            execute(fixture, insert);
        }

        assertThat(archived(fixture)).containsExactly("updated second");
    }

    @ParameterizedTest
    @EnumSource
    void a_criteria_insert_select_encrypts_values_and_copies_ciphertexts(TestDatabase database) {
        Fixture fixture = fresh(database);
        execute(fixture, archiveOf(fixture, "secret", (builder, patient) -> builder.literal("literal")));
        assertThat(archived(fixture)).containsExactly("literal", "literal");

        execute(fixture, "delete from Archive");
        execute(fixture, archiveOf(fixture, "secret", (builder, patient) -> patient.get("secret")));
        assertThat(archived(fixture)).containsExactly("secret 1", "secret 2");
    }

    /** Hibernate would give each selected value the type of the first attribute. */
    @ParameterizedTest
    @EnumSource
    void a_criteria_insert_select_encrypts_each_value_for_its_own_attribute(TestDatabase database) {
        Fixture fixture = fresh(database);
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaInsertSelect<Model.Archive> insert = builder.createCriteriaInsertSelect(Model.Archive.class);
        insert.setInsertionTargetPaths(
                insert.getTarget().get("secret"),
                insert.getTarget().get("name"),
                insert.getTarget().get("own"),
                insert.getTarget().get("id"));
        JpaCriteriaQuery<Tuple> query = builder.createQuery(Tuple.class);
        JpaRoot<Model.Patient> patient = query.from(Model.Patient.class);
        query.multiselect(
                builder.literal("secret value"),
                builder.literal("plain value"),
                builder.parameter(String.class, "p"),
                patient.get("id"));
        insert.select(query);
        JpaCriteriaInsert<Model.Archive> statement = insert;
        fixture.sessions()
                .inTransaction(session -> session.createMutationQuery(statement)
                        .setParameter("p", "own value")
                        .executeUpdate());

        assertThat(archived(fixture)).containsExactly("secret value", "secret value");
        assertThat(fixture.raw("select name from Archive")).containsExactly("plain value", "plain value");
        assertThat(stored(fixture, "select own from Archive", "Archive.own")).containsExactly("own value", "own value");
    }

    @ParameterizedTest
    @EnumSource
    void a_criteria_insert_that_would_store_something_else_is_refused(TestDatabase database) {
        Fixture fixture = fresh(database);
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaInsertValues<Model.Archive> values = builder.createCriteriaInsertValues(Model.Archive.class);
        values.setInsertionTargetPaths(
                values.getTarget().get("id"), values.getTarget().get("secret"));
        values.values(builder.values(builder.literal(5L), builder.upper(builder.literal("x"))));

        for (JpaCriteriaInsert<Model.Archive> insert : List.of(
                values,
                archiveOf(fixture, "secret", (b, patient) -> patient.get("name")),
                archiveOf(fixture, "secret", (b, patient) -> patient.get("other")),
                archiveOf(fixture, "secret", (b, patient) -> b.upper(patient.get("name"))),
                archiveOf(fixture, "name", (b, patient) -> patient.get("secret")))) {
            fixture.statements().clear();
            assertThatThrownBy(() -> execute(fixture, insert))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .message()
                    .containsAnyOf("Archive.secret", "Patient.secret");
            assertThat(fixture.statements()).isEmpty();
        }
    }

    private interface Selected {
        Expression<String> of(HibernateCriteriaBuilder builder, JpaRoot<Model.Patient> patient);
    }

    /** {@code insert into Archive (id, <attribute>) select p.id, <selected> from Patient p} */
    private static JpaCriteriaInsert<Model.Archive> archiveOf(Fixture fixture, String attribute, Selected selected) {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaInsertSelect<Model.Archive> insert = builder.createCriteriaInsertSelect(Model.Archive.class);
        insert.setInsertionTargetPaths(
                insert.getTarget().get("id"), insert.getTarget().get(attribute));
        JpaCriteriaQuery<Tuple> query = builder.createQuery(Tuple.class);
        JpaRoot<Model.Patient> patient = query.from(Model.Patient.class);
        query.multiselect(patient.get("id"), selected.of(builder, patient));
        insert.select(query);
        return insert;
    }

    private static void execute(Fixture fixture, JpaCriteriaInsert<Model.Archive> insert) {
        fixture.sessions()
                .inTransaction(session -> session.createMutationQuery(insert).executeUpdate());
    }
}
