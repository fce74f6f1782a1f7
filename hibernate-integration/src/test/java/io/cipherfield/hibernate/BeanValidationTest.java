package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Its constraints speak of the plaintext, and it writes them into the schema, where they would be asked of the ciphertext. */
class BeanValidationTest {

    @Embeddable
    static class Contact {
        @Encrypted
        @Size(max = 5)
        String phone = "12345";
    }

    @Entity(name = "Employee")
    static class Employee {
        @Id
        Long id = 1L;

        @Encrypted
        @Size(min = 2, max = 10)
        @Pattern(regexp = "[a-z]+")
        String name = "abcdefghij";

        @Encrypted
        @Size(max = 1000)
        String remark = "r".repeat(1000);

        @Encrypted
        @Column(length = 400)
        @Size(max = 300)
        String twice = "b".repeat(300);

        @Encrypted
        @Lob
        @Size(max = 20_000)
        String lob = "l".repeat(20_000);

        @Encrypted
        @NotNull
        @Min(1)
        @Max(100)
        Integer grade = 7;

        @Encrypted
        @Digits(integer = 30, fraction = 2)
        BigDecimal salary = new BigDecimal("123456789012345678901234567890.12");

        @Min(0)
        Integer plain = 1;

        @Valid
        @Embedded
        Contact contact = new Contact();
    }

    @ParameterizedTest
    @EnumSource
    void the_plaintext_is_validated_and_the_columns_hold_the_ciphertext(TestDatabase database) {
        try (TestFactory factory = TestFactory.on(
                database.fresh(), Map.of("jakarta.persistence.validation.mode", "auto"), Employee.class)) {
            factory.persist(new Employee());

            for (String column : new String[] {"name", "remark", "twice", "lob", "grade", "salary", "phone"}) {
                Object stored =
                        factory.raw("select " + column + " from Employee").get(0);
                assertThat(
                                stored instanceof byte[] bytes
                                        ? CiphertextHeader.of(bytes)
                                        : CiphertextHeader.of((String) stored))
                        .as(column)
                        .isNotNull();
            }
            Employee found = factory.find(Employee.class, 1L);
            assertThat(found).usingRecursiveComparison().isEqualTo(new Employee());

            Employee wrong = new Employee();
            wrong.id = 2L;
            wrong.grade = 101;
            assertThatThrownBy(() -> factory.persist(wrong)).hasStackTraceContaining("grade");
            assertThatThrownBy(() -> factory.sessions()
                            .inTransaction(session -> session.find(Employee.class, 1L).name = "UPPER"))
                    .satisfies(thrown -> assertThat(chain(thrown)).contains(ConstraintViolationException.class));
            assertThatThrownBy(() -> factory.execute("update Employee set plain = -1"))
                    .as("a plain column keeps its check")
                    .message()
                    .containsIgnoringCase("constraint");
            assertThat(factory.raw("select id from Employee")).hasSize(1);
        }
    }

    private static java.util.List<Class<?>> chain(Throwable thrown) {
        java.util.List<Class<?>> classes = new java.util.ArrayList<>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            classes.add(cause.getClass());
        }
        return classes;
    }
}
