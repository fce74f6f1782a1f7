package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No change of a collection of encrypted values may touch no row. */
class CollectionsTest {

    @Embeddable
    static class Card {
        String label;

        @Encrypted
        String number;

        Card() {}

        Card(String label, String number) {
            this.label = label;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Card card && label.equals(card.label) && number.equals(card.number);
        }

        @Override
        public int hashCode() {
            return label.hashCode();
        }
    }

    @Entity(name = "Wallet")
    static class Wallet {
        @Id
        Long id = 1L;

        @ElementCollection
        @Encrypted
        List<String> bag = new ArrayList<>(List.of("a", "b", "b", "c"));

        @ElementCollection
        @OrderColumn
        @Encrypted
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3));

        @ElementCollection
        @Encrypted
        Map<String, Long> map = new HashMap<>(Map.of("one", 1L, "two", 2L));

        @ElementCollection
        List<Card> cards = new ArrayList<>(List.of(new Card("x", "1"), new Card("y", "2")));

        @ElementCollection
        Map<String, Card> byLabel = new HashMap<>(Map.of("x", new Card("x", "1"), "y", new Card("y", "2")));
    }

    private final TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), Map.of(), Wallet.class);

    @BeforeEach
    void persist() {
        factory.persist(new Wallet());
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private void change(Consumer<Wallet> change, Consumer<Wallet> expected) {
        factory.sessions().inTransaction(session -> change.accept(session.find(Wallet.class, 1L)));
        factory.sessions().inTransaction(session -> expected.accept(session.find(Wallet.class, 1L)));
    }

    @Test
    void elements_are_stored_as_ciphertext() {
        for (String query : List.of(
                "select bag from Wallet_bag",
                "select list from Wallet_list",
                "select map from Wallet_map",
                "select number from Wallet_cards",
                "select number from Wallet_byLabel")) {
            assertThat(factory.raw(query))
                    .isNotEmpty()
                    .allSatisfy(stored -> assertThat(
                                    stored instanceof byte[] bytes
                                            ? CiphertextHeader.of(bytes)
                                            : CiphertextHeader.of((String) stored))
                            .isNotNull());
        }
    }

    @Test
    void a_bag() {
        change(
                wallet -> wallet.bag.remove("b"),
                wallet -> assertThat(wallet.bag).containsExactlyInAnyOrder("a", "b", "c"));
        change(
                wallet -> wallet.bag.add("d"),
                wallet -> assertThat(wallet.bag).containsExactlyInAnyOrder("a", "b", "c", "d"));
        change(wallet -> wallet.bag.clear(), wallet -> assertThat(wallet.bag).isEmpty());
        assertThat(factory.raw("select count(*) from Wallet_bag")).containsExactly(0L);
    }

    @Test
    void a_list_with_an_order_column() {
        change(
                wallet -> wallet.list.set(1, 20),
                wallet -> assertThat(wallet.list).containsExactly(1, 20, 3));
        change(
                wallet -> wallet.list.remove(0),
                wallet -> assertThat(wallet.list).containsExactly(20, 3));
        change(
                wallet -> wallet.list.add(1, 7),
                wallet -> assertThat(wallet.list).containsExactly(20, 7, 3));
    }

    @Test
    void the_values_of_a_map() {
        change(
                wallet -> wallet.map.put("one", 11L),
                wallet -> assertThat(wallet.map).containsEntry("one", 11L).hasSize(2));
        change(
                wallet -> wallet.map.remove("two"),
                wallet -> assertThat(wallet.map).containsOnlyKeys("one"));
        change(
                wallet -> wallet.map.put("three", 3L),
                wallet -> assertThat(wallet.map).hasSize(2));
    }

    @Test
    void embeddables() {
        change(
                wallet -> wallet.cards.remove(0),
                wallet -> assertThat(wallet.cards).containsExactly(new Card("y", "2")));
        change(
                wallet -> wallet.cards.get(0).number = "3",
                wallet -> assertThat(wallet.cards).containsExactly(new Card("y", "3")));
        change(
                wallet -> wallet.byLabel.put("x", new Card("x", "9")),
                wallet -> assertThat(wallet.byLabel.get("x").number).isEqualTo("9"));
        change(
                wallet -> wallet.byLabel.remove("y"),
                wallet -> assertThat(wallet.byLabel).containsOnlyKeys("x"));
    }

    @Test
    void an_untouched_collection_is_not_written_again() {
        List<Object> before = factory.raw("select bag from Wallet_bag");
        change(wallet -> assertThat(wallet.bag).hasSize(4), wallet -> {});

        assertThat(factory.raw("select bag from Wallet_bag")).isEqualTo(before);
    }
}
