package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredAsCiphertextTest {

    @Entity(name = "Patient")
    static class Patient {
        @Id
        @GeneratedValue
        Long id;

        @Encrypted
        String ssn;

        @Encrypted
        LocalDate born;
    }

    private final TestFactory factory = TestFactory.h2(Patient.class);

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void a_flush_stores_ciphertext_and_a_load_gives_the_value_back() {
        Patient patient = new Patient();
        patient.ssn = "123-45-6789";
        patient.born = LocalDate.of(1970, 1, 31);
        factory.persist(patient);

        Patient found = factory.find(Patient.class, patient.id);

        assertThat(found.ssn).isEqualTo("123-45-6789");
        assertThat(found.born).isEqualTo(LocalDate.of(1970, 1, 31));
        assertThat(CiphertextHeader.of(
                        (String) factory.raw("select ssn from Patient").get(0)))
                .isNotNull()
                .extracting(CiphertextHeader::keyId)
                .isEqualTo(TestFactory.key().id());
        assertThat(CiphertextHeader.of(
                        (byte[]) factory.raw("select born from Patient").get(0)))
                .isNotNull();
    }

    @Test
    void null_stays_null() {
        factory.persist(new Patient());

        assertThat(factory.raw("select ssn from Patient")).containsExactly((Object) null);
        assertThat(factory.raw("select born from Patient")).containsExactly((Object) null);
    }
}
