package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A StatelessSession, and each way in which an identifier comes about. */
class StatelessPathsTest {

    @Entity(name = "Line")
    static class Line {
        @Id
        Long id;

        @Encrypted
        String secret;

        Line() {}

        Line(long id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    @Entity(name = "ByIdentity")
    static class ByIdentity {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Encrypted
        String secret = "identity";
    }

    @Entity(name = "BySequence")
    static class BySequence {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        @Encrypted
        String secret = "sequence";
    }

    @Entity(name = "ByUuid")
    static class ByUuid {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        UUID id;

        @Encrypted
        String secret = "uuid";
    }

    private TestFactory factory;

    @AfterEach
    void close() {
        factory.close();
    }

    private void start(TestDatabase database) {
        factory = TestFactory.on(
                database.fresh(),
                Map.of("hibernate.jdbc.batch_size", "10"),
                Line.class,
                ByIdentity.class,
                BySequence.class,
                ByUuid.class);
    }

    private void stateless(Consumer<StatelessSession> work) {
        try (StatelessSession session = factory.sessions().openStatelessSession()) {
            session.beginTransaction();
            work.accept(session);
            session.getTransaction().commit();
        }
    }

    private void assertStored(String... values) {
        assertThat(factory.raw("select secret from Line"))
                .hasSize(values.length)
                .allSatisfy(stored ->
                        assertThat(CiphertextHeader.of((String) stored)).isNotNull());
        stateless(
                session -> assertThat(session.createSelectionQuery("select secret from Line order by id", String.class)
                                .getResultList())
                        .containsExactly(values));
    }

    @ParameterizedTest
    @EnumSource
    void one_row_at_a_time(TestDatabase database) {
        start(database);
        stateless(session -> {
            session.insert(new Line(1, "one"));
            session.insert(new Line(2, "two"));
            session.upsert(new Line(2, "two, updated"));
            session.upsert(new Line(3, "three"));
        });
        assertStored("one", "two, updated", "three");

        stateless(session -> {
            Line first = session.get(Line.class, 1L);
            first.secret = "changed";
            session.update(first);
            session.delete(session.get(Line.class, 3L));
        });
        assertStored("changed", "two, updated");

        stateless(session -> {
            Line first = new Line(1, "stale");
            session.refresh(first);
            assertThat(first.secret).isEqualTo("changed");
        });
    }

    @ParameterizedTest
    @EnumSource
    void many_rows_at_a_time_where_hibernate_offers_it(TestDatabase database) {
        start(database);
        stateless(session -> {
            List<Line> rows = List.of(new Line(1, "one"), new Line(2, "two"));
            if (!bulk(session, "insertMultiple", rows)) {
                rows.forEach(session::insert);
            }
        });
        assertStored("one", "two");

        stateless(session -> {
            List<Line> rows = List.of(new Line(1, "first"), new Line(2, "second"));
            if (!bulk(session, "updateMultiple", rows)) {
                rows.forEach(session::update);
            }
        });
        assertStored("first", "second");

        stateless(session -> {
            List<Line> rows = List.of(new Line(2, "upserted"), new Line(3, "third"));
            if (!bulk(session, "upsertMultiple", rows)) {
                rows.forEach(session::upsert);
            }
        });
        assertStored("first", "upserted", "third");

        stateless(session -> {
            if (!bulk(session, "deleteMultiple", List.of(new Line(1, "first")))) {
                session.delete(new Line(1, "first"));
            }
        });
        assertStored("upserted", "third");
    }

    /** @return whether this Hibernate has the method: 7.0 brought them */
    private static boolean bulk(StatelessSession session, String name, List<?> rows) {
        try {
            Method method = StatelessSession.class.getMethod(name, List.class);
            method.invoke(session, rows);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_replicated_row_where_hibernate_offers_it(TestDatabase database) {
        start(database);
        for (String value : List.of("replicated", "overwritten")) {
            factory.sessions().inTransaction(session -> replicate(session, new Line(1, value)));
            assertStored(value);
        }
    }

    /** {@code session.replicate(line, ReplicationMode.OVERWRITE)}, which Hibernate 7 has no more; there a merge. */
    private static void replicate(Session session, Line line) {
        try {
            Class<?> mode = Class.forName("org.hibernate.ReplicationMode");
            Session.class
                    .getMethod("replicate", Object.class, mode)
                    .invoke(session, line, mode.getField("OVERWRITE").get(null));
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            assertThat(Version.getVersionString()).startsWith("7.");
            session.merge(line);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_kind_of_identifier(TestDatabase database) {
        start(database);
        factory.persist(new ByIdentity(), new BySequence(), new ByUuid());
        stateless(session -> {
            session.insert(new ByIdentity());
            session.insert(new BySequence());
            session.insert(new ByUuid());
        });

        for (Map.Entry<String, String> entity : Map.of(
                        "ByIdentity", "identity", "BySequence", "sequence", "ByUuid", "uuid")
                .entrySet()) {
            assertThat(factory.raw("select secret from " + entity.getKey()))
                    .hasSize(2)
                    .allSatisfy(stored ->
                            assertThat(CiphertextHeader.of((String) stored)).isNotNull());
            stateless(session -> assertThat(
                            session.createSelectionQuery("select secret from " + entity.getKey(), String.class)
                                    .getResultList())
                    .containsExactly(entity.getValue(), entity.getValue()));
        }
    }
}
