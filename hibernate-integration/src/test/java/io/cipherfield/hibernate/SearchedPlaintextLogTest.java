package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** While plaintext is allowed, a searched value travels to the database in clear. Hibernate's bind log does not show it. */
class SearchedPlaintextLogTest {

    private static final String SEARCHED = "needle-searched-quoll";

    @Entity(name = "Half")
    static class Half {
        @Id
        Long id;

        @Encrypted(deterministic = true, plaintext = PlaintextMode.ALLOW)
        String name;
    }

    @Test
    void the_plaintext_that_is_searched_for_is_masked_in_hibernates_bind_log() {
        Logger bind = (Logger) LoggerFactory.getLogger("org.hibernate.orm.jdbc.bind");
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        try (TestFactory factory = TestFactory.h2(Half.class)) {
            factory.execute("insert into Half (id, name) values (1, '" + SEARCHED + "')");
            bind.setAdditive(false);
            bind.addAppender(events);
            bind.setLevel(Level.TRACE);

            List<Long> found = factory.sessions()
                    .fromTransaction(
                            session -> session.createQuery("select h.id from Half h where h.name = :n", Long.class)
                                    .setParameter("n", SEARCHED)
                                    .getResultList());

            assertThat(found).as("found by its plaintext").containsExactly(1L);
        } finally {
            bind.setLevel(null);
            bind.detachAppender(events);
            bind.setAdditive(true);
        }
        assertThat(events.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .as("the ciphertext and the plaintext")
                .hasSize(2)
                .allMatch(message -> message.endsWith("[<encrypted>]"));
    }
}
