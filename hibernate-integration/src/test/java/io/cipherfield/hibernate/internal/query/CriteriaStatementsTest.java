package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Root;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaDelete;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaCriteriaUpdate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Criteria go the same way as HQL; here are the shapes that only they can write, and one of each common kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriteriaStatementsTest {

    private Fixture fixture;

    @BeforeAll
    void start() {
        fixture = Fixture.on(TestDatabase.H2);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    /** Completes a query over patients so that it must be refused. */
    interface Shape {
        void complete(HibernateCriteriaBuilder builder, JpaCriteriaQuery<Object> query, Root<Model.Patient> patient);
    }

    interface UpdateShape {
        void complete(
                HibernateCriteriaBuilder builder, JpaCriteriaUpdate<Model.Patient> update, Root<Model.Patient> patient);
    }

    static Stream<Shape> queries() {
        return Stream.of(
                (builder, query, patient) -> query.where(builder.equal(secret(patient), "x")),
                (builder, query, patient) -> query.where(builder.notEqual(secret(patient), builder.literal("x"))),
                (builder, query, patient) -> query.where(secret(patient).in(List.of("x", "y"))),
                (builder, query, patient) -> query.where(builder.equal(secret(patient), patient.get("name"))),
                (builder, query, patient) -> query.where(builder.greaterThan(secret(patient), "x")),
                (builder, query, patient) -> query.orderBy(builder.asc(secret(patient))),
                (builder, query, patient) -> query.select(secret(patient).as(Integer.class)),
                (builder, query, patient) -> query.select(builder.concat(secret(patient), "x")),
                (builder, query, patient) -> query.select(builder.coalesce(secret(patient), patient.get("name"))),
                (builder, query, patient) -> query.select(builder.countDistinct(secret(patient))),
                (builder, query, patient) ->
                        query.select(builder.selectCase().when(builder.isTrue(patient.get("active")), secret(patient))),
                (builder, query, patient) -> query.select(secret(patient)).groupBy(List.of(secret(patient))),
                (builder, query, patient) -> query.select(secret(patient)).distinct(true),
                (builder, query, patient) -> query.where(builder.like(secret(patient), "x%")),
                (builder, query, patient) -> query.where(builder.ilike(secret(patient), "x%")),
                (builder, query, patient) -> query.where(builder.between(secret(patient), "x", "y")),
                (builder, query, patient) -> query.select(builder.upper(secret(patient))),
                (builder, query, patient) -> query.select(builder.length(secret(patient))),
                (builder, query, patient) -> query.select(builder.substring(secret(patient), 1)),
                (builder, query, patient) -> query.select(builder.greatest(secret(patient))),
                (builder, query, patient) -> query.select(builder.least(secret(patient))),
                (builder, query, patient) -> query.select(builder.function("lower", String.class, secret(patient))),
                (builder, query, patient) -> query.select(builder.nullif(secret(patient), "x")));
    }

    static Stream<UpdateShape> updates() {
        return Stream.of(
                (builder, update, patient) -> update.set(secret(patient), patient.<String>get("name")),
                (builder, update, patient) -> update.set(patient.<String>get("name"), secret(patient)),
                (builder, update, patient) -> update.set(secret(patient), builder.upper(builder.literal("x"))),
                (builder, update, patient) ->
                        update.set(patient.<String>get("name"), "x").where(builder.equal(secret(patient), "x")));
    }

    interface DeleteShape {
        void complete(
                HibernateCriteriaBuilder builder, JpaCriteriaDelete<Model.Patient> delete, Root<Model.Patient> patient);
    }

    static Stream<DeleteShape> deletes() {
        return Stream.of(
                (builder, delete, patient) -> delete.where(builder.equal(secret(patient), "x")),
                (builder, delete, patient) -> delete.where(builder.notEqual(secret(patient), "x")),
                (builder, delete, patient) -> delete.where(secret(patient).in(List.of("x"))),
                (builder, delete, patient) -> delete.where(builder.equal(patient.get("name"), secret(patient))),
                (builder, delete, patient) -> delete.where(builder.like(secret(patient), "x%")),
                (builder, delete, patient) -> delete.where(builder.lessThan(secret(patient), "x")),
                (builder, delete, patient) -> delete.where(
                        builder.equal(builder.upper(patient.get("name")), builder.upper(secret(patient)))));
    }

    private static Path<String> secret(Root<Model.Patient> patient) {
        return patient.get("secret");
    }

    @ParameterizedTest
    @MethodSource
    void queries(Shape shape) {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaQuery<Object> query = builder.createQuery(Object.class);
        Root<Model.Patient> patient = query.from(Model.Patient.class);
        query.select(patient.get("id"));
        shape.complete(builder, query, patient);
        fixture.statements().clear();

        assertThatThrownBy(() -> fixture.sessions()
                        .fromSession(session -> session.createQuery(query).getResultList()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Patient.secret");
        assertThat(fixture.statements()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void updates(UpdateShape shape) {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaUpdate<Model.Patient> update = builder.createCriteriaUpdate(Model.Patient.class);
        shape.complete(builder, update, update.from(Model.Patient.class));
        fixture.statements().clear();

        assertThatThrownBy(() -> fixture.sessions()
                        .inTransaction(
                                session -> session.createMutationQuery(update).executeUpdate()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Patient.secret");
        assertThat(fixture.statements()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void deletes(DeleteShape shape) {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaDelete<Model.Patient> delete = builder.createCriteriaDelete(Model.Patient.class);
        shape.complete(builder, delete, delete.from(Model.Patient.class));
        fixture.statements().clear();

        assertThatThrownBy(() -> fixture.sessions()
                        .inTransaction(
                                session -> session.createMutationQuery(delete).executeUpdate()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Patient.secret");
        assertThat(fixture.statements()).isEmpty();
    }

    @Test
    void a_criteria_delete_by_other_attributes_deletes() {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaDelete<Model.Patient> delete = builder.createCriteriaDelete(Model.Patient.class);
        Root<Model.Patient> patient = delete.from(Model.Patient.class);
        delete.where(builder.equal(patient.get("name"), "name 1"), builder.isNotNull(secret(patient)));

        fixture.sessions().inTransaction(session -> {
            assertThat(session.createMutationQuery(delete).executeUpdate()).isEqualTo(1);
            session.getTransaction().setRollbackOnly();
        });
    }

    @Test
    void a_criteria_query_selects_values_and_checks_for_null() {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaQuery<String> query = builder.createQuery(String.class);
        Root<Model.Patient> patient = query.from(Model.Patient.class);
        query.select(secret(patient)).where(builder.isNotNull(secret(patient)));

        List<String> secrets = fixture.sessions()
                .fromSession(session -> session.createQuery(query).getResultList());
        assertThat(secrets).containsExactlyInAnyOrder("secret 1", "secret 2");
    }
}
