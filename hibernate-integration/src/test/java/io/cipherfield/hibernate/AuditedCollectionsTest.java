package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Suite;
import jakarta.persistence.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.envers.Audited;
import org.hibernate.envers.NotAudited;
import org.junit.jupiter.api.Test;

/** Envers makes the values of a collection a part of its audit table's primary key. */
class AuditedCollectionsTest {

    @Embeddable
    record Card(
            @Encrypted(deterministic = true) @Column(nullable = false)
            String number,

            @Column(nullable = false) String label) {}

    @Entity(name = "Watched")
    @Audited
    static class Watched {
        @Id
        Long id = 1L;

        @ElementCollection
        @Encrypted(deterministic = true)
        List<String> bag = new ArrayList<>(List.of("a", "b"));

        @ElementCollection
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<String> names = new HashSet<>(Set.of("a", "b"));

        @ElementCollection
        @EncryptedKey
        @Encrypted(deterministic = true)
        Map<String, Integer> numbers = new HashMap<>(Map.of("one", 1, "two", 2));

        @ElementCollection
        Set<Card> cards = new HashSet<>(Set.of(new Card("1", "x"), new Card("2", "y")));

        @ElementCollection
        @NotAudited
        @Encrypted
        List<String> unwatched = new ArrayList<>(List.of("a"));
    }

    @Test
    void audit_tables_of_deterministic_values_hold_each_change_as_ciphertext() {
        try (TestFactory factory = TestFactory.h2(Watched.class)) {
            factory.persist(new Watched());
            factory.sessions().inTransaction(session -> {
                Watched watched = session.find(Watched.class, 1L);
                watched.bag.remove("a");
                watched.names.remove("a");
                watched.numbers.remove("one");
                watched.numbers.put("two", 22);
                watched.cards.remove(new Card("1", "x"));
            });

            for (String query : List.of(
                    "select bag from Watched_bag_AUD",
                    "select names from Watched_names_AUD",
                    "select numbers from Watched_numbers_AUD",
                    "select numbers_KEY from Watched_numbers_AUD",
                    "select number from Watched_cards_AUD")) {
                assertThat(factory.raw(query)).as(query).isNotEmpty().allSatisfy(stored -> {
                    CiphertextHeader header = stored instanceof byte[] bytes
                            ? CiphertextHeader.of(bytes)
                            : CiphertextHeader.of((String) stored);
                    assertThat(header).isNotNull();
                    assertThat(header.suite()).isEqualTo(Suite.AES_SIV_DETERMINISTIC);
                });
            }
            String added = "select count(*) from Watched_names_AUD n where REVTYPE = 0 and exists (select 1"
                    + " from Watched_names_AUD d where d.REVTYPE = 2 and d.names = n.names)";
            assertThat(factory.raw(added)).containsExactly(1L);
        }
    }

    @Entity(name = "RandomBag")
    @Audited
    static class RandomBag {
        @Id
        Long id;

        @ElementCollection
        @Encrypted
        List<String> secrets;
    }

    @Entity(name = "RandomValues")
    @Audited
    static class RandomValues {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        @Encrypted
        Map<String, String> secrets;
    }

    @Test
    void an_audited_collection_of_randomised_values_is_refused() {
        for (Class<?> entity : List.of(RandomBag.class, RandomValues.class)) {
            ConfigurationException refusal = TestFactory.refusal(entity);
            assertThat(refusal).as(entity.getSimpleName()).isNotNull();
            assertThat(refusal.getMessage())
                    .contains("secrets")
                    .contains("audited")
                    .contains("deterministic = true")
                    .contains("@NotAudited");
        }
    }
}
