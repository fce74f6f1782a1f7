package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedAttributeException;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.NamedQuery;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.query.NamedQueryValidationException;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that can never work are refused before they are executed: named ones at the start, others by createQuery. */
class NamedQueryTest {

    @Entity(name = "Bad")
    @NamedQuery(name = "Bad.bySecret", query = "select b from Bad b where b.secret in (:secrets) and b.name = :name")
    @NamedQuery(name = "Bad.sorted", query = "select b from Bad b order by b.secret")
    @NamedQuery(name = "Bad.shout", query = "update Bad b set b.secret = upper(:p)")
    @NamedQuery(name = "Bad.fine", query = "select b from Bad b where b.name = :name")
    static class Bad {
        @Id
        Long id;

        String name;

        @Encrypted
        String secret;
    }

    @Entity(name = "Typed")
    @NamedQuery(name = "Typed.average", query = "select avg(t.salary) from Typed t")
    static class Typed {
        @Id
        Long id;

        @Encrypted
        Integer salary;
    }

    @Entity(name = "Good")
    @Inheritance(strategy = InheritanceType.JOINED)
    @NamedQuery(
            name = "Good.page",
            query = "select g.id, g.secret from Good g where g.id in (:ids) order by g.id limit :n offset :o")
    @NamedQuery(name = "Good.set", query = "update Good g set g.secret = :p where g.id in (:ids)")
    @NamedQuery(name = "Good.child", query = "update Child c set c.code = :p, c.name = 'x' where c.code is null")
    @NamedQuery(name = "Good.insert", query = "insert into Good (name, secret) values (:n, :p)")
    @NamedQuery(name = "Good.copy", query = "insert into Child (name, code) select g.name, :p from Good g")
    @NamedQuery(name = "Good.delete", query = "delete from Good g where g.name = :name")
    static class Good {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        String name;

        @Encrypted
        String secret;
    }

    @Entity(name = "Child")
    static class Child extends Good {
        @Encrypted
        String code;
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void a_start_lists_each_named_query_that_cannot_work(String hibernatesOwnCheck) {
        assertThatThrownBy(() -> Fixture.with(Map.of("hibernate.query.startup_check", hibernatesOwnCheck), Bad.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Bad.bySecret: The query was refused")
                .hasMessageContaining("Bad.secret is encrypted and cannot be compared for equality (in)")
                .hasMessageContaining("Bad.sorted: The query was refused")
                .hasMessageContaining("Bad.shout: The statement was refused")
                .hasMessageNotContaining("Bad.fine");
    }

    @Test
    void a_named_query_that_hibernate_itself_refuses_names_query_and_attribute() {
        assertThatThrownBy(() -> Fixture.with(Map.of(), Typed.class))
                .isInstanceOf(NamedQueryValidationException.class)
                .hasMessageContaining("Typed.average")
                .hasMessageContaining("Typed.salary");
    }

    @Test
    void named_queries_that_work_let_the_start_pass_and_then_work() {
        try (Fixture fixture = Fixture.with(Map.of(), Good.class, Child.class)) {
            fixture.sessions().inTransaction(session -> {
                Child child = new Child();
                session.persist(child);
                session.flush();
                assertThat(session.createNamedMutationQuery("Good.set")
                                .setParameter("p", "new value")
                                .setParameterList("ids", List.of(child.id))
                                .executeUpdate())
                        .isEqualTo(1);
                assertThat(session.createNamedMutationQuery("Good.child")
                                .setParameter("p", "code")
                                .executeUpdate())
                        .isEqualTo(1);
                session.createNamedMutationQuery("Good.insert")
                        .setParameter("n", "n")
                        .setParameter("p", "inserted")
                        .executeUpdate();
                session.clear();
                assertThat(session.createNamedQuery("Good.page", Object[].class)
                                .setParameterList("ids", List.of(child.id))
                                .setParameter("n", 1)
                                .setParameter("o", 0)
                                .getSingleResult())
                        .containsExactly(child.id, "new value");
            });
        }
    }

    private static final String XML =
            "<entity-mappings xmlns='https://jakarta.ee/xml/ns/persistence/orm' version='3.0'>"
                    + "<named-query name='Xml.bySecret'><query>select g from Good g where g.secret = :secret</query></named-query>"
                    + "<named-query name='Xml.copy'><query>update Good g set g.name = g.secret</query></named-query>"
                    + "<named-query name='Xml.fine'><query>update Good g set g.secret = :secret</query></named-query>"
                    + "</entity-mappings>";

    @Test
    void a_start_lists_each_named_query_of_an_orm_xml_that_cannot_work() {
        assertThatThrownBy(() -> Fixture.withXml(XML, Good.class, Child.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Xml.bySecret: The query was refused")
                .hasMessageContaining("Good.secret")
                .hasMessageContaining("Xml.copy: The statement was refused")
                .hasMessageNotContaining("Xml.fine");
    }

    @Test
    void a_query_named_at_run_time_is_guarded_like_any_other() {
        try (Fixture fixture = Fixture.with(Map.of(), Good.class, Child.class)) {
            SessionFactory sessions = fixture.sessions();
            sessions.inTransaction(session -> {
                Good good = new Good();
                good.name = "name";
                session.persist(good);
            });
            sessions.inSession(session -> {
                sessions.addNamedQuery("later", session.createQuery("update Good set secret = :p"));
                HibernateCriteriaBuilder builder = sessions.getCriteriaBuilder();
                JpaCriteriaQuery<Good> bySecret = builder.createQuery(Good.class);
                JpaRoot<Good> good = bySecret.from(Good.class);
                bySecret.select(good).where(builder.equal(good.get("secret"), "x"));
                sessions.addNamedQuery("bySecret", session.createQuery(bySecret));
            });

            sessions.inTransaction(session -> assertThat(session.createNamedQuery("later")
                            .setParameter("p", "value")
                            .executeUpdate())
                    .isEqualTo(1));
            assertThat(fixture.raw("select secret from Good"))
                    .singleElement()
                    .satisfies(stored ->
                            assertThat(CiphertextHeader.of((String) stored)).isNotNull());
            sessions.inSession(session -> {
                assertThat(session.createQuery("select g.secret from Good g", String.class)
                                .getSingleResult())
                        .isEqualTo("value");
                fixture.statements().clear();
                assertThatThrownBy(() -> session.createNamedQuery("bySecret").getResultList())
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("Good.secret");
                assertThat(fixture.statements()).isEmpty();
            });
        }
    }

    @Test
    void createQuery_refuses_before_anything_is_bound_or_executed() {
        try (Fixture fixture = Fixture.with(Map.of(), Good.class, Child.class)) {
            fixture.sessions().inSession(session -> {
                assertThatThrownBy(() -> session.createQuery("from Good g where g.secret = :p", Good.class))
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("Good.secret");
                assertThatThrownBy(() -> session.createMutationQuery("update Good g set g.secret = g.name"))
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("Good.secret");
                assertThatCode(() -> session.createMutationQuery("update Good g set g.secret = :p"))
                        .doesNotThrowAnyException();
            });
        }
    }

    @Test
    void a_query_that_is_wrong_without_encryption_too_keeps_the_words_of_hibernate() {
        try (Fixture fixture = Fixture.with(Map.of(), Typed2.class)) {
            fixture.sessions()
                    .inSession(session -> assertThatThrownBy(
                                    () -> session.createQuery("select upper(t.salary) from Typed2 t", String.class))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("upper()"));
        }
    }

    @Entity(name = "Typed2")
    static class Typed2 {
        @Id
        Long id;

        @Encrypted
        Integer salary;
    }
}
