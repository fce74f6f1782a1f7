package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.junit.jupiter.api.Test;

class EmbeddableRecordTest {

    @Embeddable
    record Name(@Encrypted String given, @Encrypted Integer number) {}

    @Entity(name = "Named")
    static class Named {
        @Id
        Long id = 1L;

        @Embedded
        Name name;
    }

    @Test
    void the_components_of_a_record_are_encrypted() {
        try (TestFactory factory = TestFactory.h2(Named.class)) {
            Named named = new Named();
            named.name = new Name("Ada", 7);
            factory.persist(named);

            assertThat(CiphertextHeader.of(
                            (String) factory.raw("select given from Named").get(0)))
                    .isNotNull();
            assertThat(factory.find(Named.class, 1L).name).isEqualTo(new Name("Ada", 7));
            Name changed = new Name("Eve", 8);
            factory.sessions().inTransaction(session -> session.find(Named.class, 1L).name = changed);
            assertThat(factory.find(Named.class, 1L).name).isEqualTo(changed);
        }
    }
}
