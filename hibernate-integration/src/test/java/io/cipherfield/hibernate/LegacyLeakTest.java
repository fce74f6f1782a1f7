package io.cipherfield.hibernate;

import static io.cipherfield.hibernate.testing.ForeignFormat.ENC;
import static io.cipherfield.hibernate.testing.ForeignFormat.FIXED;
import static io.cipherfield.hibernate.testing.ForeignFormat.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Values of other systems in logs at every level, and in second-level and query caches that keep their entries serialised. */
class LegacyLeakTest {

    private static final String NEEDLE = "needle-of-another-system";

    @Entity(name = "Leaky")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Leaky {
        @Id
        Long id = 1L;

        @Encrypted(legacy = "enc")
        String marked;

        @Encrypted(deterministic = true, legacy = "fixed")
        String searched;

        @Encrypted(legacy = "owner")
        byte[] bytes;
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new ArrayList<>();

        @Override
        protected synchronized void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    }

    private static TestFactory started() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.cache.region.factory_class", SerializingRegionFactory.class.getName());
        settings.put("hibernate.cache.use_second_level_cache", "true");
        settings.put("hibernate.cache.use_query_cache", "true");
        settings.put("hibernate.generate_statistics", "true");
        settings.put(CipherfieldService.LEGACY_READERS, LegacyReaders.of(ENC, FIXED, OWNER));
        return TestFactory.on(TestDatabase.H2.fresh(), settings, Leaky.class);
    }

    private static void use(TestFactory factory) {
        for (int i = 0; i < 2; i++) {
            assertThat(factory.find(Leaky.class, 1L).marked).isEqualTo(NEEDLE);
            factory.sessions().inTransaction(session -> {
                Object[] row = session.createSelectionQuery(
                                "select l.marked, l.bytes, l.searched from Leaky l where l.searched = :s",
                                Object[].class)
                        .setParameter("s", NEEDLE)
                        .setCacheable(true)
                        .getSingleResult();
                assertThat(row[0]).isEqualTo(NEEDLE);
                assertThat(new String((byte[]) row[1], StandardCharsets.UTF_8)).isEqualTo(NEEDLE);
                assertThat(row[2]).isEqualTo(NEEDLE);
            });
        }
        assertThat(factory.sessions().getStatistics().getQueryCacheHitCount()).isEqualTo(1);
        assertThat(factory.sessions().getStatistics().getSecondLevelCacheHitCount())
                .isPositive();
    }

    @Test
    void no_plaintext_gets_there() {
        Recorder recorder = new Recorder();
        recorder.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        SerializingRegionFactory.clear();
        String marked = ENC.write(NEEDLE);
        String searched = FIXED.write(NEEDLE);
        try (TestFactory factory = started()) {
            factory.execute("insert into Leaky (id, marked, searched, bytes) values (1, '" + marked + "', '" + searched
                    + "', cast('" + OWNER.write(NEEDLE) + "' as varbinary))");
            root.addAppender(recorder);
            root.setLevel(Level.TRACE);
            use(factory);
        } finally {
            root.setLevel(level);
            root.detachAppender(recorder);
        }
        assertThat(recorder.lines).hasSizeGreaterThan(50).noneMatch(line -> line.contains(NEEDLE));
        List<String> entries = new ArrayList<>();
        SerializingRegionFactory.forEach(
                (region, bytes) -> entries.add(new String(bytes, StandardCharsets.ISO_8859_1)));
        assertThat(entries)
                .hasSizeGreaterThan(2)
                .noneMatch(entry -> entry.contains(NEEDLE))
                .as("the other system's ciphertext, which its old password opens")
                .noneMatch(entry -> entry.contains(marked) || entry.contains(searched));
    }
}
