package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entry of a cache that an instance with a key of its own has filled: the same error as of a row, and nothing half loaded. */
class CachedReadTest {

    @Entity(name = "Cached")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Cached {
        @Id
        Long id = 1L;

        String name = "name";

        @Encrypted
        String secret = "secret";
    }

    @Entity(name = "Holder")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Holder {
        @Id
        Long id = 1L;

        String name = "name";

        @ElementCollection
        @Encrypted
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        List<String> tags = new ArrayList<>(List.of("tag"));
    }

    private final Map<String, Map<Object, byte[]>> cache = new ConcurrentHashMap<>();
    private TestFactory other;
    private TestFactory factory;

    @BeforeEach
    void start() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        other = factory(database, Map.of(Setting.KEY.property(), TestFactory.OTHER_KEY));
        other.persist(new Cached(), new Holder());
        other.find(Cached.class, 1L);
        other.sessions()
                .inTransaction(session ->
                        assertThat(session.find(Holder.class, 1L).tags).containsExactly("tag"));
        factory = factory(database, Map.of("hibernate.hbm2ddl.auto", "none", Setting.STARTUP_CHECK.property(), "off"));
    }

    @AfterEach
    void stop() {
        factory.close();
        other.close();
    }

    private TestFactory factory(TestDatabase.Fresh database, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("hibernate.cache.use_second_level_cache", "true");
        settings.put("hibernate.generate_statistics", "true");
        settings.put("hibernate.cache.region.factory_class", new SerializingRegionFactory(cache));
        return TestFactory.on(database, settings, Cached.class, Holder.class);
    }

    private static EncryptedAttributeException refusal(Runnable read) {
        return catchThrowableOfType(EncryptedAttributeException.class, read::run);
    }

    private void fails(Session session, String row, Consumer<Session> read) {
        EncryptedAttributeException refusal = refusal(() -> read.accept(session));
        assertThat(refusal).hasMessageContaining("key").hasMessageContaining(row);
        assertThat(refusal.row()).isEqualTo(row);
    }

    @Test
    void an_entity_is_not_handed_out_half_loaded() {
        String row = "[" + Cached.class.getName() + "#1]";
        try (Session session = factory.sessions().openSession()) {
            session.beginTransaction();
            fails(session, row, it -> it.find(Cached.class, 1L));
            Statistics statistics = factory.sessions().getStatistics();
            assertThat(statistics.getPrepareStatementCount())
                    .as("read from the cache")
                    .isZero();
            fails(session, row, it -> it.find(Cached.class, 1L));
            Cached reference = session.getReference(Cached.class, 1L);
            fails(session, row, it -> assertThat(reference.toString()).isNull());
            session.flush();
            session.getTransaction().rollback();
        }
        assertThat(other.find(Cached.class, 1L).secret).isEqualTo("secret");
    }

    @Test
    void a_collection_is_not_taken_for_empty() {
        String row = "[" + Holder.class.getName() + ".tags#1]";
        try (Session session = factory.sessions().openSession()) {
            session.beginTransaction();
            Holder holder = session.find(Holder.class, 1L);
            fails(session, row, it -> Hibernate.initialize(holder.tags));
            assertThat(factory.sessions().getStatistics().getPrepareStatementCount())
                    .as("read from the cache")
                    .isZero();
            holder.name = "changed";
            refusal(() -> session.getTransaction().commit());
        }
        other.sessions().getCache().evictAllRegions();
        other.sessions()
                .inTransaction(session ->
                        assertThat(session.find(Holder.class, 1L).tags).containsExactly("tag"));
    }
}
