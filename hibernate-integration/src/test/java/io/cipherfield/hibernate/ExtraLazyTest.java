package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.annotations.LazyCollection;
import org.hibernate.annotations.LazyCollectionOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Collections that ask the database for one element at a time. Hibernate 7 has no such annotation, and the collections are then
 * simply lazy: what they answer is the same.
 */
@SuppressWarnings("deprecation")
class ExtraLazyTest {

    @Entity(name = "Sluggard")
    static class Sluggard {
        @Id
        Long id = 1L;

        @ElementCollection
        @LazyCollection(LazyCollectionOption.EXTRA)
        @Encrypted(deterministic = true)
        Set<String> names = new HashSet<>(Set.of("a", "b", "c"));

        @ElementCollection
        @LazyCollection(LazyCollectionOption.EXTRA)
        @OrderColumn
        @Encrypted
        List<String> list = new ArrayList<>(List.of("x", "y"));

        @ElementCollection
        @LazyCollection(LazyCollectionOption.EXTRA)
        @Encrypted
        Map<String, String> amounts = new HashMap<>(Map.of("one", "1", "two", "2"));

        @ElementCollection
        @LazyCollection(LazyCollectionOption.EXTRA)
        @EncryptedKey
        Map<String, String> keyed = new HashMap<>(Map.of("one", "1", "two", "2"));
    }

    @ParameterizedTest
    @EnumSource
    void they_answer_right_or_refuse(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (TestFactory old =
                TestFactory.on(database, Map.of(Setting.KEY.property(), TestFactory.OTHER_KEY), Sluggard.class)) {
            old.persist(new Sluggard());
        }
        Map<String, ?> settings =
                Map.of(Setting.DECRYPT_ONLY_KEYS.property(), TestFactory.OTHER_KEY, "hibernate.hbm2ddl.auto", "none");
        try (TestFactory factory = TestFactory.on(database, settings, Sluggard.class)) {
            factory.sessions().inTransaction(session -> {
                Sluggard it = session.find(Sluggard.class, 1L);
                assertThat(it.names.size()).isEqualTo(3);
                assertThat(it.names.contains("a")).isTrue();
                assertThat(it.names.contains("none")).isFalse();
                assertThat(it.list.size()).isEqualTo(2);
                assertThat(it.list.get(1)).isEqualTo("y");
                assertThat(it.amounts.size()).isEqualTo(2);
                assertThat(it.amounts.get("two")).isEqualTo("2");
                assertThat(it.amounts.containsKey("one")).isTrue();
                assertThat(it.keyed.size()).isEqualTo(2);
            });
            factory.sessions().inTransaction(session -> {
                Sluggard it = session.find(Sluggard.class, 1L);
                rightOrRefused(() -> assertThat(it.keyed.get("two")).isEqualTo("2"));
                rightOrRefused(() -> assertThat(it.keyed.containsKey("one")).isTrue());
                rightOrRefused(() -> assertThat(it.keyed.containsKey("none")).isFalse());
                assertThatThrownBy(() -> Hibernate.contains(it.list, "y"))
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("Sluggard.list")
                        .hasMessageContaining("Hibernate.initialize");
                assertThat(it.list.contains("y")).isTrue();
                assertThat(it.list.contains("none")).isFalse();
                assertThat(it.amounts.containsValue("2")).isTrue();
            });
            factory.sessions().inTransaction(session -> {
                Sluggard it = session.find(Sluggard.class, 1L);
                assertThat(it.names.add("a")).isFalse();
                assertThat(it.names.add("d")).isTrue();
                assertThat(it.names.remove("b")).isTrue();
                rightOrRefused(() -> it.keyed.put("one", "changed"));
                Hibernate.initialize(it.keyed);
                it.keyed.put("one", "changed");
            });
            factory.sessions().inTransaction(session -> {
                Sluggard it = session.find(Sluggard.class, 1L);
                assertThat(it.names).containsExactlyInAnyOrder("a", "c", "d");
                Hibernate.initialize(it.keyed);
                assertThat(it.keyed).containsOnly(Map.entry("one", "changed"), Map.entry("two", "2"));
            });
        }
    }

    private static void rightOrRefused(Runnable question) {
        try {
            question.run();
        } catch (EncryptedAttributeException refusal) {
            assertThat(refusal).hasMessageContaining("Hibernate.initialize");
        }
    }
}
