package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Plants values, logs everything at TRACE, and looks for them; the plain attribute proves that the look finds what is there. */
class NothingLeaksTest {

    private static final String SECRET = "planted-secret-7731";
    private static final String PLAIN = "planted-plain-4242";
    private static final long NUMBER = 77_317_745_123_451L;

    @Entity(name = "Leaky")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Leaky {
        @Id
        Long id;

        @Column(unique = true)
        String plain;

        @Encrypted
        String text;

        @Encrypted
        byte[] bytes;

        @Encrypted
        Long number;

        @Encrypted
        @Column(length = 5)
        String tooShort;

        static Leaky of(long id) {
            Leaky leaky = new Leaky();
            leaky.id = id;
            leaky.plain = PLAIN + "-" + id;
            leaky.text = SECRET;
            leaky.bytes = SECRET.getBytes(StandardCharsets.UTF_8);
            leaky.number = NUMBER;
            return leaky;
        }
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        protected void append(ILoggingEvent event) {
            String thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + thrown);
        }
    }

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Recorder recorder = new Recorder();
    private final List<Throwable> thrown = new ArrayList<>();
    private Level before;

    @BeforeEach
    void record() {
        SerializingRegionFactory.ENTRIES.clear();
        before = root.getLevel();
        root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(new Quiet()));
        recorder.start();
        root.addAppender(recorder);
        root.setLevel(Level.TRACE);
    }

    /** The console need not show it. */
    private static final class Quiet extends ch.qos.logback.core.filter.Filter<ILoggingEvent> {
        @Override
        public ch.qos.logback.core.spi.FilterReply decide(ILoggingEvent event) {
            return event.getLevel().isGreaterOrEqual(Level.WARN)
                    ? ch.qos.logback.core.spi.FilterReply.NEUTRAL
                    : ch.qos.logback.core.spi.FilterReply.DENY;
        }
    }

    @AfterEach
    void stop() {
        root.setLevel(before);
        root.detachAppender(recorder);
        root.iteratorForAppenders().forEachRemaining(ch.qos.logback.core.Appender::clearAllFilters);
    }

    private void exercise() {
        try (TestFactory factory = TestFactory.on(
                TestDatabase.H2.fresh(),
                Map.of(
                        "hibernate.cache.region.factory_class",
                        SerializingRegionFactory.class.getName(),
                        "hibernate.cache.use_second_level_cache",
                        "true",
                        "hibernate.cache.use_query_cache",
                        "true",
                        "hibernate.generate_statistics",
                        "true"),
                Leaky.class)) {
            factory.persist(Leaky.of(1), Leaky.of(2));
            factory.sessions().getCache().evictAllRegions();
            factory.sessions().inTransaction(session -> {
                Leaky loaded = session.find(Leaky.class, 1L);
                loaded.text = SECRET + "-changed";
                session.flush();
            });
            factory.find(Leaky.class, 1L);
            for (int i = 0; i < 2; i++) {
                factory.sessions().inTransaction(session -> {
                    List<Object[]> rows = session.createQuery(
                                    "select l.text, l.number, l.plain from Leaky l where l.plain like :p",
                                    Object[].class)
                            .setParameter("p", PLAIN + "%")
                            .setCacheable(true)
                            .list();
                    assertThat(rows).hasSize(2).allSatisfy(row -> {
                        assertThat((String) row[0]).startsWith(SECRET);
                        assertThat(row[1]).isEqualTo(NUMBER);
                    });
                });
            }
            attempt(() -> factory.persist(Leaky.of(1)));
            attempt(() -> {
                Leaky duplicate = Leaky.of(3);
                duplicate.plain = PLAIN + "-1";
                factory.persist(duplicate);
            });
            attempt(() -> {
                Leaky tooLong = Leaky.of(4);
                tooLong.tooShort = SECRET;
                factory.persist(tooLong);
            });
            factory.execute("update Leaky set text = tooShort || text where id = 2");
            factory.execute("update Leaky set text = number where id = 2");
            factory.sessions().getCache().evictAllRegions();
            attempt(() -> factory.find(Leaky.class, 2L));
            factory.execute("update Leaky set text = '" + SECRET + "' where id = 2");
            attempt(() -> factory.find(Leaky.class, 2L));
        }
    }

    private void attempt(Runnable action) {
        try {
            action.run();
            throw new AssertionError("should have failed");
        } catch (RuntimeException e) {
            thrown.add(e);
        }
    }

    private static boolean holdsSecret(String text) {
        return text.contains("planted-secret") || text.contains(Long.toString(NUMBER));
    }

    @Test
    void a_planted_value_is_in_no_log_line_exception_or_cache_entry() {
        exercise();

        assertThat(recorder.lines).noneMatch(NothingLeaksTest::holdsSecret);
        assertThat(thrown).hasSize(5).allSatisfy(e -> {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(holdsSecret(cause.toString())).isFalse();
            }
        });
        assertThat(SerializingRegionFactory.ENTRIES).isNotEmpty().allSatisfy((key, entry) -> {
            String latin = new String(entry, StandardCharsets.ISO_8859_1);
            assertThat(holdsSecret(key) || holdsSecret(latin)).isFalse();
            byte[] number = java.nio.ByteBuffer.allocate(8).putLong(NUMBER).array();
            assertThat(latin).doesNotContain(new String(number, StandardCharsets.ISO_8859_1));
        });
    }

    @Test
    void the_same_look_finds_the_plain_attribute_everywhere() {
        exercise();

        assertThat(recorder.lines)
                .anyMatch(line -> line.startsWith("org.hibernate.orm.jdbc.bind") && line.contains(PLAIN))
                .anyMatch(line -> line.startsWith("org.hibernate.orm.jdbc.bind") && line.contains(Sealed.MASK))
                .anyMatch(line -> line.startsWith("org.hibernate.orm.jdbc.extract") && line.contains(PLAIN))
                .anyMatch(line -> line.startsWith("org.hibernate.orm.jdbc.extract") && line.contains(Sealed.MASK))
                .anyMatch(line -> line.contains("plain=" + PLAIN) && line.contains("text=" + Sealed.MASK));
        assertThat(SerializingRegionFactory.ENTRIES.entrySet())
                .anyMatch(entry -> entry.getKey().contains("Leaky")
                        && new String(entry.getValue(), StandardCharsets.ISO_8859_1).contains(PLAIN))
                .anyMatch(entry -> entry.getKey().contains("query-results")
                        && new String(entry.getValue(), StandardCharsets.ISO_8859_1).contains(PLAIN));
    }

    @Test
    void an_entity_from_the_cache_has_its_values() {
        try (TestFactory factory = TestFactory.on(
                TestDatabase.H2.fresh(),
                Map.of(
                        "hibernate.cache.region.factory_class",
                        SerializingRegionFactory.class.getName(),
                        "hibernate.generate_statistics",
                        "true"),
                Leaky.class)) {
            factory.persist(Leaky.of(1));
            factory.find(Leaky.class, 1L);
            factory.sessions().getStatistics().clear();

            Leaky cached = factory.find(Leaky.class, 1L);

            assertThat(factory.sessions().getStatistics().getSecondLevelCacheHitCount())
                    .isEqualTo(1);
            assertThat(cached).usingRecursiveComparison().isEqualTo(Leaky.of(1));
        }
    }
}
