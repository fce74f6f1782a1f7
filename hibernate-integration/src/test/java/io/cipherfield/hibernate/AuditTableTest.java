package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import jakarta.persistence.*;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.Audited;
import org.junit.jupiter.api.Test;

class AuditTableTest {

    @Embeddable
    static class Part {
        @Encrypted
        Integer number;
    }

    @Entity(name = "Audited")
    @Audited
    static class Watched {
        @Id
        Long id = 1L;

        @Encrypted(context = "Other.secret")
        String secret;

        @Encrypted
        Integer number;

        @Embedded
        @AttributeOverride(name = "number", column = @Column(name = "part_number"))
        Part part = new Part();
    }

    @Test
    void audit_tables_hold_ciphertext_that_can_be_read() {
        try (TestFactory factory = TestFactory.h2(Watched.class)) {
            Watched entity = new Watched();
            entity.secret = "planted";
            entity.number = 42;
            entity.part.number = 43;
            factory.persist(entity);

            assertThat(CiphertextHeader.of((String)
                            factory.raw("select secret from Audited_AUD").get(0)))
                    .isNotNull();
            assertThat(CiphertextHeader.of((byte[])
                            factory.raw("select number from Audited_AUD").get(0)))
                    .isNotNull();
            assertThat(CiphertextHeader.of((byte[])
                            factory.raw("select part_number from Audited_AUD").get(0)))
                    .isNotNull();
            Watched old = factory.sessions()
                    .fromTransaction(session -> AuditReaderFactory.get(session).find(Watched.class, 1L, 1));
            assertThat(old.secret).isEqualTo("planted");
            assertThat(old.number).isEqualTo(42);
            assertThat(old.part.number).isEqualTo(43);
        }
    }
}
