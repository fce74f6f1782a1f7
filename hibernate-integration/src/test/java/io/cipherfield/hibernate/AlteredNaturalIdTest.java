package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.NaturalId;
import org.junit.jupiter.api.Test;

class AlteredNaturalIdTest {

    @Entity(name = "Fixed")
    static class Fixed {
        @Id
        Long id = 1L;

        @NaturalId
        String country = "FR";

        @NaturalId
        @Encrypted(deterministic = true)
        String number = "needle-before";

        String other;
    }

    @Entity(name = "Movable")
    static class Movable {
        @Id
        Long id = 1L;

        @NaturalId(mutable = true)
        @Encrypted(deterministic = true)
        String number = "before";
    }

    @Test
    void an_altered_natural_id_is_refused_without_its_values() {
        try (TestFactory factory = TestFactory.h2(Fixed.class)) {
            factory.persist(new Fixed());

            assertThatThrownBy(() -> factory.sessions()
                            .inTransaction(session -> session.find(Fixed.class, 1L).number = "needle-after"))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("natural id of " + Fixed.class.getName())
                    .hasMessageContaining("#1]")
                    .hasMessageContaining("mutable = true")
                    .hasNoCause()
                    .hasMessageNotContaining("needle");

            factory.sessions().inTransaction(session -> session.find(Fixed.class, 1L).other = "changed");
            assertThat(factory.find(Fixed.class, 1L).other).isEqualTo("changed");
            assertThat(factory.find(Fixed.class, 1L).number).isEqualTo("needle-before");
        }
    }

    @Test
    void a_mutable_natural_id_can_be_altered() {
        try (TestFactory factory = TestFactory.h2(Movable.class)) {
            factory.persist(new Movable());
            factory.sessions().inTransaction(session -> session.find(Movable.class, 1L).number = "after");

            assertThat(factory.find(Movable.class, 1L).number).isEqualTo("after");
        }
    }
}
