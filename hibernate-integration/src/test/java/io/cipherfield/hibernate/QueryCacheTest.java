package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Query results in a cache that keeps them serialized. */
class QueryCacheTest {

    private static final String SECRET = "needle-in-the-query-cache";
    private static final String TAX = "needle-of-a-parameter";
    private static final String PROJECTION = "select m.secret, m.tax, m.number from Member m where m.tax = :tax";

    @Entity(name = "Member")
    static class Member {
        @Id
        Long id;

        @Encrypted
        String secret = SECRET;

        @Encrypted(deterministic = true)
        String tax = TAX;

        @Encrypted
        Integer number = 7;

        Member() {}

        Member(long id) {
            this.id = id;
        }
    }

    private final TestDatabase.Fresh database = TestDatabase.H2.fresh();
    private TestFactory factory;

    @AfterEach
    void close() {
        factory.close();
    }

    private TestFactory start(String key, String decryptOnly, String ddl) {
        SerializingRegionFactory.clear();
        Map<String, Object> settings = new HashMap<>(Map.of(
                "hibernate.cache.region.factory_class",
                SerializingRegionFactory.class.getName(),
                "hibernate.cache.use_second_level_cache",
                "true",
                "hibernate.cache.use_query_cache",
                "true",
                "hibernate.generate_statistics",
                "true",
                "hibernate.hbm2ddl.auto",
                ddl,
                Setting.KEY.property(),
                key));
        if (!decryptOnly.isEmpty()) {
            settings.put(Setting.DECRYPT_ONLY_KEYS.property(), decryptOnly);
        }
        return TestFactory.on(database, settings, Member.class);
    }

    private List<Object[]> cached() {
        return factory.sessions()
                .fromSession(session -> session.createSelectionQuery(PROJECTION, Object[].class)
                        .setParameter("tax", TAX)
                        .setCacheable(true)
                        .getResultList());
    }

    private Statistics statistics() {
        return factory.sessions().getStatistics();
    }

    private static List<String> written() {
        List<String> written = new ArrayList<>();
        SerializingRegionFactory.forEach((region, bytes) -> {
            if (!region.contains("timestamps")) {
                written.add(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        });
        return written;
    }

    @Test
    void entries_of_a_projection_hold_ciphertext_and_give_the_values() {
        factory = start(TestFactory.KEY, "", "create");
        factory.persist(new Member(1));

        for (int hits = 0; hits < 3; hits++) {
            assertThat(cached()).containsExactly(new Object[] {SECRET, TAX, 7});
            assertThat(statistics().getQueryCacheHitCount()).isEqualTo(hits);
        }

        String stored = (String) factory.raw("select secret from Member").get(0);
        assertThat(written())
                .as("the key and the entry of the query")
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(entry -> entry.contains(stored))
                .noneMatch(entry -> entry.contains(SECRET))
                .noneMatch(entry -> entry.contains(TAX));
    }

    @Test
    void a_cached_result_is_right_while_the_key_is_rotated_and_after_it() {
        factory = start(TestFactory.OTHER_KEY, "", "create");
        factory.persist(new Member(1));
        factory.close();
        factory = start(TestFactory.KEY, TestFactory.OTHER_KEY, "none");
        factory.persist(new Member(2));
        Object[] row = {SECRET, TAX, 7};
        assertThat(cached()).containsExactly(row, row);
        assertThat(cached()).containsExactly(row, row);
        assertThat(statistics().getQueryCacheHitCount()).isEqualTo(1);

        SerializingRegionFactory.clear();
        assertThat(Reencryption.of(factory.sessions()).run().failed()).isZero();

        assertThat(cached()).containsExactly(row, row);
        assertThat(statistics().getQueryCacheHitCount())
                .as("the job evicted the results that held the old ciphertexts")
                .isEqualTo(1);
        for (Object stored : factory.raw("select secret from Member")) {
            assertThat(written()).anyMatch(entry -> entry.contains((String) stored));
        }
        assertThat(cached()).containsExactly(row, row);
        assertThat(statistics().getQueryCacheHitCount()).isEqualTo(2);
    }

    @Test
    void a_parameter_finds_the_cached_result_of_its_value_only() {
        factory = start(TestFactory.KEY, TestFactory.OTHER_KEY, "create");
        Member other = new Member(2);
        other.tax = "other";
        factory.persist(new Member(1), other);

        for (int round = 0; round < 2; round++) {
            for (Map.Entry<String, Long> member : Map.of(TAX, 1L, "other", 2L).entrySet()) {
                List<Long> ids = factory.sessions()
                        .fromSession(session -> session.createSelectionQuery(
                                        "select m.id from Member m where m.tax = :tax", Long.class)
                                .setParameter("tax", member.getKey())
                                .setCacheable(true)
                                .getResultList());
                assertThat(ids).containsExactly(member.getValue());
            }
        }
        assertThat(statistics().getQueryCacheHitCount()).isEqualTo(2);
    }
}
