package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.PlaintextMode;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deterministic attribute cannot answer is refused, and so is what would miss rows that hold plaintext. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeterministicRefusalsTest {

    private SessionFactory sessions;

    @Entity(name = "Client")
    static class Client {
        @Id
        Long id;

        @Encrypted(deterministic = true, plaintext = PlaintextMode.ALLOW)
        String open;

        @Encrypted(deterministic = true)
        String closed;

        String plain;
    }

    @BeforeAll
    void start() {
        sessions = Rings.first(TestDatabase.H2.fresh(), Twins.ENTITIES);
    }

    @AfterAll
    void stop() {
        sessions.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select p.tax from Person p group by p.tax order by p.tax",
                "select p.id from Person p where p.plainTax in (select q.tax from Visit q)",
                "select p.id from Person p where p.tax in (select q.plainTax from Visit q)",
                "select p.id from Person p where p.tax = (select max(q.plainTax) from Visit q)",
                "select p.id from Person p join p.visits q on q.plainTax = p.tax",
                "select p.id from Person p where p.tax = p.compact",
                "select p.id from Person p join p.visits q on q.code = p.tax",
                "select p.id from Person p where p.tax in (select q.code from Visit q)",
                "select p.id from Person p where p.tax in (p.plainTax, :v)",
                "select p.id from Person p where :v in (p.tax, 'value')",
                "select p.id from Person p where :v not in ('value', p.tax)",
                "select p.id from Person p where p.tax = p.secret",
                "select p.id from Person p where p.tax = upper(:v)",
                "select p.id from Person p where p.tax = :v or p.plainTax = :v",
                "select p.tax from Person p union all select q.plainTax from Person q"
            })
    void what_it_cannot_answer_is_refused(String statement) {
        assertThatThrownBy(() -> sessions.inTransaction(session -> {
                    Query<Object[]> query = session.createQuery(statement, Object[].class);
                    query.getParameterMetadata()
                            .getNamedParameterNames()
                            .forEach(name -> query.setParameter(name, "value"));
                    query.getResultList();
                }))
                .isInstanceOfAny(EncryptedAttributeException.class, IllegalArgumentException.class)
                .hasMessageMatching(
                        "(?s).*(Twins\\$(Person|Visit)\\.(tax|points|compact|secret|code)[ ,]|same java type|arithmetic|Numeric).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select p.id from Person p where p.colour in (RED)",
                "select p.id from Person p where p.colour not in (RED, GREEN)",
                "update Person p set p.colour = RED",
                "update Person set colour = RED",
                "insert into Person (id, colour) values (7, RED)",
                "insert into Person (id, colour) select v.id, RED from Visit v"
            })
    void an_enum_s_short_name_that_hibernate_does_not_know_is_explained(String statement) {
        sessions.inSession(session -> {
            assertThatThrownBy(() -> create(session, statement))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Person.colour")
                    .hasMessageContaining("Write " + Twins.Colour.class.getName() + ".<constant>")
                    .hasMessageContaining("pass a parameter");
            create(
                    session,
                    statement
                            .replace("RED", Twins.Colour.class.getName() + ".RED")
                            .replace("GREEN", Twins.Colour.class.getName() + ".GREEN"));
        });
    }

    private static void create(Session session, String statement) {
        if (statement.startsWith("select")) {
            session.createSelectionQuery(statement, Long.class);
        } else {
            session.createMutationQuery(statement);
        }
    }

    @Test
    void an_unknown_name_that_is_no_constant_keeps_the_words_of_hibernate() {
        sessions.inSession(session -> assertThatThrownBy(
                        () -> create(session, "select p.id from Person p where p.colour in (PURPLE)"))
                .isNotInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("PURPLE"));
    }

    @ParameterizedTest
    @EnumSource
    void with_plaintext_allowed_on_the_attribute_both_are_found(TestDatabase database) throws SQLException {
        TestDatabase.Fresh fresh = database.fresh();
        try (SessionFactory first = Rings.first(fresh, Client.class)) {
            first.inTransaction(session -> session.persist(client(1)));
        }
        try (SessionFactory rotating = Rings.rotating(fresh, Client.class)) {
            rotating.inTransaction(session -> {
                session.persist(client(2));
                session.persist(client(3));
                session.persist(client(4));
            });
            try (Connection connection = fresh.connect();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update Client set open = 'odd' where id = 3");
            }
            rotating.inTransaction(session -> {
                assertThat(session.createQuery("select c.id from Client c where c.open = :v", Long.class)
                                .setParameter("v", "odd")
                                .getResultList())
                        .containsExactlyInAnyOrder(1L, 3L);
                assertThat(session.createQuery("select c.id from Client c where c.open <> 'odd'", Long.class)
                                .getResultList())
                        .containsExactlyInAnyOrder(2L, 4L);
                assertThatThrownBy(() -> session.createQuery("select distinct c.open from Client c", String.class)
                                .getResultList())
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("Client.open")
                        .hasMessageContaining("in clear")
                        .hasMessageContaining("re-encryption job");
            });
        }
    }

    @Test
    void with_plaintext_allowed_by_the_setting_alone_a_comparison_is_refused() {
        try (SessionFactory allowing = Rings.start(
                TestDatabase.H2.fresh(),
                CipherfieldConfiguration.of(Keyring.of(Rings.OLD)).withPlaintext(PlaintextPolicy.ALLOW),
                Map.of(),
                Client.class)) {
            allowing.inTransaction(session -> {
                for (String statement : List.of(
                        "from Client c where c.closed = :v",
                        "from Client c where c.closed in (:v, 'x')",
                        "from Client c where c.closed is distinct from :v")) {
                    assertThatThrownBy(() -> session.createQuery(statement, Client.class)
                                    .setParameter("v", "odd")
                                    .getResultList())
                            .isInstanceOf(EncryptedAttributeException.class)
                            .hasMessageContaining("Client.closed")
                            .hasMessageContaining("cipherfield.plaintext=refuse")
                            .hasMessageContaining("plaintext = ALLOW on the attribute");
                }
                assertThat(session.createQuery("from Client c where c.open = 'odd'", Client.class)
                                .getResultList())
                        .isEmpty();
            });
        }
    }

    private static Client client(long id) {
        Client client = new Client();
        client.id = id;
        client.open = id % 2 == 1 ? "odd" : "even";
        client.closed = client.open;
        return client;
    }
}
