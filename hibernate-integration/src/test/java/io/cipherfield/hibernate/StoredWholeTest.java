package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.ConfigurationException;
import jakarta.persistence.*;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;

/** {@code @Encrypted} where Hibernate does not look for it must not mean plaintext. */
class StoredWholeTest {

    static class Card implements Serializable {
        @Encrypted
        String secret;
    }

    static class Wallet implements Serializable {
        Card card;
    }

    static class ToText implements AttributeConverter<Card, String> {
        @Override
        public String convertToDatabaseColumn(Card card) {
            return card.secret;
        }

        @Override
        public Card convertToEntityAttribute(String stored) {
            return new Card();
        }
    }

    private static void refused(Class<?> entity) {
        ConfigurationException refusal = TestFactory.refusal(entity);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description()).contains("ecret", "in clear");
    }

    @Entity(name = "Serialised")
    static class Serialised {
        @Id
        Long id;

        Card card;
    }

    @Test
    void a_serialised_object_is_refused() {
        refused(Serialised.class);
    }

    @Entity(name = "Documented")
    static class Documented {
        @Id
        Long id;

        @JdbcTypeCode(SqlTypes.JSON)
        Card card;
    }

    @Test
    void a_json_document_is_refused() {
        refused(Documented.class);
    }

    @Entity(name = "Listed")
    static class Listed {
        @Id
        Long id;

        @JdbcTypeCode(SqlTypes.JSON)
        List<Card> cards;
    }

    @Test
    void a_json_list_is_refused() {
        refused(Listed.class);
    }

    @Entity(name = "Mapped")
    static class Mapped {
        @Id
        Long id;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Wallet> wallets;
    }

    @Test
    void an_object_deep_in_a_json_map_is_refused() {
        refused(Mapped.class);
    }

    @Entity(name = "Collected")
    static class Collected {
        @Id
        Long id;

        @ElementCollection
        List<Card> cards;
    }

    @Test
    void a_collection_of_serialised_objects_is_refused() {
        refused(Collected.class);
    }

    @Entity(name = "Converting")
    static class Converting {
        @Id
        Long id;

        @Convert(converter = ToText.class)
        Card card;
    }

    @Test
    void a_converted_object_is_refused() {
        refused(Converting.class);
    }

    interface HasSecret {
        @Encrypted
        String getSecret();
    }

    @Entity(name = "Implementing")
    static class Implementing implements HasSecret {
        private Long id;
        private String secret;

        @Id
        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        @Override
        public String getSecret() {
            return secret;
        }

        public void setSecret(String secret) {
            this.secret = secret;
        }
    }

    @Test
    void an_annotation_on_the_getter_of_an_interface_is_refused() {
        refused(Implementing.class);
    }

    @Entity(name = "Overriding")
    static class Overriding implements HasSecret {
        @Id
        Long id;

        @Encrypted
        String secret;

        @Override
        public String getSecret() {
            return secret;
        }
    }

    @Test
    void an_annotation_on_an_interface_does_no_harm_where_the_attribute_has_its_own() {
        assertThat(TestFactory.refusal(Overriding.class)).isNull();
    }
}
