package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.criteria.CriteriaUpdate;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.type.StandardBasicTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each shape that writes an encrypted attribute, on each database: what is stored is a ciphertext of the value. */
class WritingStatementsTest {

    private static final String VALUE = "it's a new valüe";

    private Fixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    /** @param raw selects what was written, with the context under which it must decrypt */
    record Write(String hql, String raw, String context) {}

    static List<Write> writes() {
        String patient = "select secret from Patient";
        String archive = "select secret from Archive";
        return List.of(
                new Write("update Patient set secret = :p", patient, "Patient.secret"),
                new Write(
                        "update Patient set name = 'x', secret = :p where id = 1",
                        "select secret from Patient where id = 1",
                        "Patient.secret"),
                new Write("update Patient set secret = 'it''s a new valüe'", patient, "Patient.secret"),
                new Write("update Patient set ssn = :p", "select ssn from Patient", "Person.ssn"),
                new Write("update Patient set address.street = :p", "select street from Patient", "Address.street"),
                new Write("insert into Archive (id, secret) values (5, :p)", archive, "Patient.secret"),
                new Write(
                        "insert into Archive (id, secret) values (5, 'it''s a new valüe')", archive, "Patient.secret"),
                new Write("insert into Archive (id, secret) values (5, :p), (6, :p)", archive, "Patient.secret"),
                new Write(
                        "insert into Archive (id, secret) select p.id + 10, :p from Patient p",
                        archive,
                        "Patient.secret"),
                new Write(
                        "insert into Archive (id, secret) select p.id + 10, 'it''s a new valüe' from Patient p",
                        archive,
                        "Patient.secret"),
                new Write("update Account set pin = :p", "select pin from Account", "Account.pin"),
                new Write("update Account set pin = 'it''s a new valüe'", "select pin from Account", "Account.pin"),
                new Write(
                        "update Savings set code = :p, label = 'z' where bank = 'bank'",
                        "select code from Savings",
                        "Savings.code"),
                new Write(
                        "insert into Savings (label, pin, code, bank) values ('new', 'x', :p, 'b')",
                        "select s.code from Savings s join Account a on a.id = s.id where a.label = 'new'",
                        "Savings.code"),
                new Write(
                        "insert into Account (label, pin) values ('new', :p)",
                        "select pin from Account where label = 'new'",
                        "Account.pin"),
                new Write(
                        "insert into Note (title, text) values ('new', :p)",
                        "select text from Note where title = 'new'",
                        "Note.text"),
                new Write(
                        "insert into Note (title, text) select 'new', :p from Patient p",
                        "select text from Note where title = 'new'",
                        "Note.text"),
                new Write("update Doc set body = :p where title = 'title'", "select body from doc_body", "Doc.body"),
                new Write(
                        "insert into Doc (id, title, body) values (7, 'new', :p)",
                        "select body from doc_body where id = 7",
                        "Doc.body"));
    }

    @ParameterizedTest
    @EnumSource
    void what_a_statement_writes_is_ciphertext_on_the_first_execution_and_from_the_cached_plan(TestDatabase database) {
        fixture = Fixture.on(database);
        writes().forEach(this::assertEncryptsTwice);
    }

    /** On PostgreSQL Hibernate 6.6 writes wrong SQL for this, also where nothing is encrypted: "rn_ is ambiguous". */
    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = EnumSource.Mode.EXCLUDE)
    void what_an_insert_select_writes_into_several_tables_is_ciphertext(TestDatabase database) {
        fixture = Fixture.on(database);
        assertEncryptsTwice(new Write(
                "insert into Savings (label, pin, code, bank) select 'new', :p, null, 'b' from Patient p",
                "select pin from Account where label = 'new'",
                "Account.pin"));
    }

    private void assertEncryptsTwice(Write write) {
        for (int execution = 0; execution < 2; execution++) {
            fixture.reset();
            execute(write.hql(), VALUE);

            List<Object> stored = fixture.raw(write.raw());
            assertThat(stored)
                    .as(write.hql())
                    .isNotEmpty()
                    .allSatisfy(value -> assertThat(Fixture.decrypt(write.context(), value, String.class))
                            .isEqualTo(VALUE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_copy_of_the_same_encrypted_attribute_stays_readable(TestDatabase database) {
        fixture = Fixture.on(database);

        execute("insert into Archive (id, secret) select p.id + 10, p.secret from Patient p");
        execute("update Patient set secret = secret");

        assertThat(texts("select a.secret from Archive a")).containsExactlyInAnyOrder("secret 1", "secret 2");
        assertThat(texts("select p.secret from Patient p")).containsExactlyInAnyOrder("secret 1", "secret 2");
    }

    @ParameterizedTest
    @EnumSource
    void null_is_stored_as_null(TestDatabase database) {
        fixture = Fixture.on(database);

        execute("update Patient set secret = null, address = null");
        execute("update Patient set other = :p", (String) null);
        execute("update Account set pin = null");
        execute("update Savings set code = :p", (String) null);

        for (String sql : List.of(
                "select secret from Patient",
                "select other from Patient",
                "select street from Patient",
                "select pin from Account",
                "select code from Savings")) {
            assertThat(fixture.raw(sql)).isNotEmpty().allMatch(Objects::isNull);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_upsert_encrypts_the_inserted_and_the_updated_value(TestDatabase database) {
        fixture = Fixture.on(database);

        for (String value : List.of("first", "second")) {
            execute(
                    "insert into Archive (id, secret) values (5, :p)"
                            + " on conflict (id) do update set secret = excluded.secret",
                    value);
            assertThat(fixture.raw("select secret from Archive"))
                    .hasSize(1)
                    .allSatisfy(stored -> assertThat(Fixture.decrypt("Patient.secret", stored, String.class))
                            .isEqualTo(value));
        }
    }

    @ParameterizedTest
    @EnumSource
    void values_of_other_types_are_encrypted_too(TestDatabase database) {
        fixture = Fixture.on(database);

        execute(
                "update Patient set salary = 17, smoker = false,"
                        + " mood = io.cipherfield.hibernate.internal.query.Model$Mood.TENSE, address = :a",
                Map.of("a", new Model.Address("plain", "hidden")));

        Object[] row = fixture.sessions()
                .fromSession(session -> session.createSelectionQuery(
                                "select p.salary, p.smoker, p.mood, p.address.street from Patient p where p.id = 1",
                                Object[].class)
                        .getSingleResult());
        assertThat(row).containsExactly(17, false, Model.Mood.TENSE, "hidden");
        assertThat(Fixture.decrypt(
                        "Patient.salary",
                        fixture.raw("select salary from Patient").get(0),
                        Integer.class))
                .isEqualTo(17);
        assertThat(Fixture.decrypt(
                        "Address.street",
                        fixture.raw("select street from Patient").get(0),
                        String.class))
                .isEqualTo("hidden");
    }

    @ParameterizedTest
    @EnumSource
    void each_column_of_an_embeddable_value_is_stored_as_its_attribute_says(TestDatabase database) {
        fixture = Fixture.on(database);
        Map<String, String> written = Map.of(
                "update Patient set address = :a where id = 1", "Patient where id = 1",
                "insert into Patient (id, active, address) values (7, true, :a)", "Patient where id = 7",
                "insert into Note (title, address) values ('new', :a)", "Note where title = 'new'");

        written.forEach((hql, rows) -> {
            for (String street : List.of("hidden", VALUE)) {
                fixture.reset();
                execute(hql, Map.of("a", new Model.Address("plain", street)));

                assertThat(fixture.raw("select city from " + rows)).as(hql).containsExactly("plain");
                assertThat(fixture.raw("select street from " + rows))
                        .as(hql)
                        .singleElement()
                        .satisfies(stored -> assertThat(Fixture.decrypt("Address.street", stored, String.class))
                                .isEqualTo(street));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void criteria_and_stateless_sessions_encrypt(TestDatabase database) {
        fixture = Fixture.on(database);
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        CriteriaUpdate<Model.Patient> update = builder.createCriteriaUpdate(Model.Patient.class);
        var patient = update.from(Model.Patient.class);
        update.set(patient.<String>get("secret"), VALUE);
        update.where(builder.equal(patient.get("id"), 1L));
        fixture.sessions()
                .inTransaction(session -> session.createMutationQuery(update).executeUpdate());
        try (StatelessSession stateless = fixture.sessions().openStatelessSession()) {
            stateless.beginTransaction();
            stateless
                    .createMutationQuery("update Patient set other = :p")
                    .setParameter("p", VALUE)
                    .executeUpdate();
            stateless.getTransaction().commit();
        }

        assertThat(Fixture.decrypt(
                        "Patient.secret",
                        fixture.raw("select secret from Patient where id = 1").get(0),
                        String.class))
                .isEqualTo(VALUE);
        assertThat(Fixture.decrypt(
                        "Patient.other",
                        fixture.raw("select other from Patient").get(0),
                        String.class))
                .isEqualTo(VALUE);
    }

    /** A plan translated for one binding is executed with another: the type that a caller names must not win. */
    @ParameterizedTest
    @EnumSource
    void a_type_named_with_the_parameter_does_not_lead_past_encryption(TestDatabase database) {
        fixture = Fixture.on(database);
        for (String hql : List.of("update Patient set secret = :p", "update Account set pin = :p")) {
            fixture.sessions().inTransaction(session -> {
                session.createMutationQuery(hql).setParameter("p", VALUE).executeUpdate();
                withType(session.createMutationQuery(hql), StandardBasicTypes.STRING)
                        .executeUpdate();
                session.createMutationQuery(hql)
                        .setParameter("p", VALUE, String.class)
                        .executeUpdate();
            });
        }

        assertThat(fixture.raw("select secret from Patient"))
                .allSatisfy(stored -> assertThat(Fixture.decrypt("Patient.secret", stored, String.class))
                        .isEqualTo(VALUE));
        assertThat(fixture.raw("select pin from Account"))
                .allSatisfy(stored -> assertThat(Fixture.decrypt("Account.pin", stored, String.class))
                        .isEqualTo(VALUE));
    }

    /** {@code setParameter("p", VALUE, type)}, whose last parameter's type differs between Hibernate 6.6 and 7. */
    private static MutationQuery withType(MutationQuery query, Object type) {
        Method setParameter = Arrays.stream(MutationQuery.class.getMethods())
                .filter(method -> method.getName().equals("setParameter")
                        && method.getParameterCount() == 3
                        && method.getParameterTypes()[0] == String.class
                        && method.getParameterTypes()[2].isInstance(type))
                .findFirst()
                .orElseThrow();
        try {
            setParameter.invoke(query, "p", VALUE, type);
            return query;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String hql, String value) {
        fixture.sessions().inTransaction(session -> {
            MutationQuery query = session.createMutationQuery(hql);
            if (hql.contains(":p")) {
                query.setParameter("p", value);
            }
            query.executeUpdate();
        });
    }

    private void execute(String hql, Map<String, ?> parameters) {
        fixture.sessions().inTransaction(session -> {
            MutationQuery query = session.createMutationQuery(hql);
            parameters.forEach(query::setParameter);
            query.executeUpdate();
        });
    }

    private void execute(String hql) {
        execute(hql, Map.of());
    }

    private List<String> texts(String hql) {
        return fixture.sessions()
                .fromSession(session ->
                        session.createSelectionQuery(hql, String.class).getResultList());
    }
}
