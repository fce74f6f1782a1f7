package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The length of what is stored does not tell the value, where there are few values or the attribute pads them. */
class EqualLengthsTest {

    enum Diagnosis {
        FLU,
        A_RARE_AND_LONG_ONE
    }

    @Entity(name = "Finding")
    static class Finding {
        @Id
        Long id;

        @Encrypted
        boolean smoker;

        @Encrypted
        Diagnosis diagnosis;

        @Encrypted
        Integer number;

        @Encrypted
        Long amount;

        @Encrypted
        LocalDate born;

        @Encrypted
        BigDecimal salary;

        @Encrypted(padTo = 64)
        String name;

        @Encrypted(deterministic = true)
        Diagnosis findable;

        Finding() {}

        Finding(long id, boolean smoker, Diagnosis diagnosis, long number, LocalDate born, String salary, String name) {
            this.id = id;
            this.smoker = smoker;
            this.diagnosis = diagnosis;
            this.number = (int) number;
            this.amount = number;
            this.born = born;
            this.salary = new BigDecimal(salary);
            this.name = name;
            this.findable = diagnosis;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H2, auto, aes-siv",
        "H2, text, xaes-256-gcm",
        "POSTGRESQL, text, aes-siv",
        "POSTGRESQL, auto, xaes-256-gcm",
        "MARIADB, auto, aes-siv",
        "MARIADB, text, aes-siv"
    })
    void all_values_have_ciphertexts_of_one_length(TestDatabase database, String storage, String suite) {
        try (TestFactory factory = TestFactory.on(
                database.fresh(), Map.of("cipherfield.storage", storage, "cipherfield.suite", suite), Finding.class)) {
            factory.persist(
                    new Finding(1, true, Diagnosis.FLU, 0, LocalDate.EPOCH, "0", ""),
                    new Finding(
                            2,
                            false,
                            Diagnosis.A_RARE_AND_LONG_ONE,
                            Integer.MIN_VALUE,
                            LocalDate.of(-99999, 1, 1),
                            "-1234567890.12",
                            "n".repeat(62)),
                    new Finding(3, true, Diagnosis.FLU, Integer.MAX_VALUE, LocalDate.of(9999, 12, 31), "7", "\u00E9"));

            for (String column :
                    List.of("smoker", "diagnosis", "number", "amount", "born", "salary", "name", "findable")) {
                assertThat(factory.raw("select distinct octet_length(" + column + ") from Finding"))
                        .as(column)
                        .hasSize(1);
            }
            assertThat(factory.find(Finding.class, 2L).name).hasSize(62);
        }
    }
}
