package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.Interceptor;
import org.hibernate.LockMode;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.type.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callbacks, interceptors and listeners see plaintext; what they set is stored as ciphertext. Loads of every kind decrypt. */
class EventsTest {

    @Entity(name = "Called")
    static class Called {
        @Id
        Long id;

        String mark;

        @Encrypted
        String secret;

        Called() {}

        Called(long id, String secret) {
            this.id = id;
            this.secret = secret;
        }

        @PrePersist
        void complete() {
            secret = secret + " persisted";
        }

        @PreUpdate
        void change() {
            secret = secret + " updated";
        }
    }

    @Entity(name = "Quiet")
    static class Quiet {
        @Id
        Long id;

        String mark;

        @Encrypted
        String secret;

        Quiet() {}

        Quiet(long id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    /** Sets a value in the state that is about to be written. */
    private static final class Marking implements Interceptor, PreUpdateEventListener {

        @Override
        public boolean onFlushDirty(
                Object entity, Object id, Object[] state, Object[] previous, String[] names, Type[] types) {
            int secret = Arrays.asList(names).indexOf("secret");
            assertThat(previous[secret]).isEqualTo("one");
            state[secret] = "by the interceptor";
            return true;
        }

        @Override
        public boolean onPreUpdate(PreUpdateEvent event) {
            int secret = Arrays.asList(event.getPersister().getPropertyNames()).indexOf("secret");
            assertThat(event.getOldState()[secret]).isEqualTo("one");
            event.getState()[secret] = "by the listener";
            return false;
        }
    }

    private final TestFactory factory = TestFactory.on(
            TestDatabase.H2.fresh(), Map.of("hibernate.generate_statistics", "true"), Called.class, Quiet.class);

    @AfterEach
    void close() {
        factory.close();
    }

    private void assertStored(Class<?> entity, String value) {
        assertThat(factory.raw("select secret from " + entity.getSimpleName()))
                .singleElement()
                .satisfies(stored ->
                        assertThat(CiphertextHeader.of((String) stored)).isNotNull());
        factory.sessions()
                .inTransaction(session -> assertThat(session.createSelectionQuery(
                                        "select secret from " + entity.getSimpleName(), String.class)
                                .getSingleResult())
                        .isEqualTo(value));
    }

    @Test
    void callbacks_of_the_entity() {
        factory.persist(new Called(1, "secret"));
        assertStored(Called.class, "secret persisted");

        factory.sessions().inTransaction(session -> session.find(Called.class, 1L).mark = "x");
        assertStored(Called.class, "secret persisted updated");
    }

    @Test
    void an_interceptor() {
        factory.persist(new Quiet(1, "one"));
        try (var session =
                factory.sessions().withOptions().interceptor(new Marking()).openSession()) {
            session.beginTransaction();
            session.find(Quiet.class, 1L).mark = "x";
            session.getTransaction().commit();
        }

        assertStored(Quiet.class, "by the interceptor");
    }

    @Test
    void a_listener() {
        factory.persist(new Quiet(1, "one"));
        factory.sessions()
                .unwrap(SessionFactoryImplementor.class)
                .getServiceRegistry()
                .requireService(EventListenerRegistry.class)
                .appendListeners(EventType.PRE_UPDATE, new Marking());
        factory.sessions().inTransaction(session -> session.find(Quiet.class, 1L).mark = "x");

        assertStored(Quiet.class, "by the listener");
    }

    @Test
    void loads_of_every_kind_decrypt() {
        factory.persist(new Quiet(1, "one"), new Quiet(2, "two"), new Quiet(3, null));

        factory.sessions()
                .inTransaction(
                        session -> assertThat(session.byMultipleIds(Quiet.class).multiLoad(1L, 2L, 3L))
                                .extracting(quiet -> quiet.secret)
                                .containsExactly("one", "two", null));
        factory.sessions().inTransaction(session -> {
            assertThat(((Quiet) Hibernate.unproxy(session.getReference(Quiet.class, 2L))).secret)
                    .isEqualTo("two");
            assertThat(session.find(Quiet.class, 1L, LockModeType.PESSIMISTIC_WRITE).secret)
                    .isEqualTo("one");
            Quiet second = session.find(Quiet.class, 2L);
            session.lock(second, LockMode.PESSIMISTIC_READ);
            session.detach(second);
            second.secret = "never written";
        });
        factory.sessions().inTransaction(session -> {
            List<Quiet> all = session.createNativeQuery("select * from Quiet order by id", Quiet.class)
                    .getResultList();
            assertThat(all).extracting(quiet -> quiet.secret).containsExactly("one", "two", null);
        });
    }

    @Test
    void a_batch_is_still_one_statement() {
        try (TestFactory batching = TestFactory.on(
                TestDatabase.H2.fresh(),
                Map.of("hibernate.generate_statistics", "true", "hibernate.jdbc.batch_size", "50"),
                Quiet.class)) {
            var statistics = batching.sessions().getStatistics();
            Object[] rows = new Object[100];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = new Quiet(i, "secret " + i);
            }
            statistics.clear();
            batching.persist(rows);
            assertThat(statistics.getPrepareStatementCount()).isLessThanOrEqualTo(2);

            statistics.clear();
            batching.sessions().inTransaction(session -> {
                for (Quiet quiet :
                        session.createSelectionQuery("from Quiet", Quiet.class).getResultList()) {
                    quiet.secret += "!";
                }
            });
            assertThat(statistics.getPrepareStatementCount())
                    .as("a select, and a statement for each batch of 50 at most")
                    .isLessThanOrEqualTo(3);
            assertThat(batching.raw("select distinct secret from Quiet"))
                    .hasSize(100)
                    .allSatisfy(stored ->
                            assertThat(CiphertextHeader.of((String) stored)).isNotNull());
            assertThat(batching.find(Quiet.class, 7L).secret).isEqualTo("secret 7!");
        }
    }
}
