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

class JsonLogTest {

    /** Its own toString shows it. */
    record Address(String street) {}

    @Entity(name = "Logged")
    static class Logged {
        @Id
        Long id = 1L;

        @Encrypted
        Address address = new Address("planted-street");

        @Encrypted
        List<String> words = List.of("planted-word");
    }

    @Test
    void no_log_line_shows_a_document() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        try (TestFactory factory = TestFactory.h2(Logged.class)) {
            root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(new Muted()));
            root.addAppender(lines);
            root.setLevel(Level.TRACE);
            factory.persist(new Logged());
            factory.sessions().inTransaction(session -> {
                session.createMutationQuery("update Logged l set l.words = :words, l.address = :address")
                        .setParameter("words", List.of("planted-change"))
                        .setParameter("address", new Address("planted-change"))
                        .executeUpdate();
                session.find(Logged.class, 1L).words.add("planted-addition");
                session.createSelectionQuery("select l.address, l.words from Logged l", Object[].class)
                        .getSingleResult();
            });
        } finally {
            root.setLevel(before);
            root.detachAppender(lines);
            root.iteratorForAppenders().forEachRemaining(ch.qos.logback.core.Appender::clearAllFilters);
        }
        assertThat(lines.list).hasSizeGreaterThan(100);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("planted"));
    }

    private static final class Muted extends ch.qos.logback.core.filter.Filter<ILoggingEvent> {
        @Override
        public ch.qos.logback.core.spi.FilterReply decide(ILoggingEvent event) {
            return ch.qos.logback.core.spi.FilterReply.DENY;
        }
    }
}
