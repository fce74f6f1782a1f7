package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Lob;
import jakarta.persistence.MappedSuperclass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnLengthTest {

    @Entity(name = "Lengths")
    static class Lengths {
        @Id
        Long id = 1L;

        @Encrypted
        String byDefault;

        @Encrypted
        @Column(length = 10)
        String ten;

        @Encrypted(storage = Storage.BINARY, padTo = 64)
        @Column(length = 10)
        String padded;

        @Encrypted
        @Column(length = 10)
        byte[] bytes;

        @Encrypted
        @Column(precision = 19, scale = 2)
        BigDecimal amount;

        @Encrypted
        @Column(length = 30)
        BigInteger digits;

        @Encrypted
        @Column(length = 3)
        Long fixed;

        @Encrypted
        @Lob
        String lob;

        @Encrypted
        @Column(columnDefinition = "varchar(120)")
        String defined;
    }

    private static int length(TestFactory factory, String column) {
        return ((Number) factory.raw("select character_maximum_length from information_schema.columns"
                                + " where table_name = 'LENGTHS' and column_name = '" + column.toUpperCase() + "'")
                        .get(0))
                .intValue();
    }

    @Test
    void a_column_is_as_long_as_the_longest_suite_needs() {
        try (TestFactory factory = TestFactory.h2(Lengths.class)) {
            assertThat(length(factory, "byDefault")).isEqualTo((int) Math.ceil((47 + 3 * 255) * 4 / 3.0));
            assertThat(length(factory, "ten")).isEqualTo((int) Math.ceil((47 + 30) * 4 / 3.0));
            assertThat(length(factory, "padded")).isEqualTo(47 + 64);
            assertThat(length(factory, "bytes")).isEqualTo(47 + 10);
            assertThat(length(factory, "amount")).isEqualTo(47 + 16);
            assertThat(length(factory, "digits")).isEqualTo(47 + 16);
            assertThat(length(factory, "fixed")).isEqualTo(47 + 8);
            assertThat(length(factory, "defined")).isEqualTo(120);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_longest_values_fit_with_the_longest_suite(TestDatabase database) {
        try (TestFactory factory =
                TestFactory.on(database.fresh(), Map.of("cipherfield.suite", "xaes-256-gcm"), Lengths.class)) {
            Lengths entity = new Lengths();
            entity.byDefault = "\u4E2D".repeat(255);
            entity.ten = "\u4E2D".repeat(10);
            entity.padded = "\u4E2D".repeat(10);
            entity.bytes = new byte[10];
            entity.amount = new BigDecimal("99999999999999999.99");
            entity.digits = BigInteger.TEN.pow(30).subtract(BigInteger.ONE).negate();
            entity.fixed = Long.MAX_VALUE;
            entity.lob = "x".repeat(100_000);
            entity.defined = "twenty characters ..";
            factory.persist(entity);

            assertThat(factory.find(Lengths.class, 1L))
                    .usingRecursiveComparison()
                    .isEqualTo(entity);
        }
    }

    @Test
    void a_longer_value_is_refused_before_it_reaches_the_database() {
        try (TestFactory factory = TestFactory.h2(Lengths.class)) {
            Lengths tooLong = new Lengths();
            tooLong.ten = "planted-too-long";
            assertThatThrownBy(() -> factory.persist(tooLong))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Lengths.ten")
                    .hasMessageContaining("allows 10 characters")
                    .hasMessageContaining("16 characters")
                    .hasMessageNotContaining("planted");

            Lengths bytes = new Lengths();
            bytes.bytes = new byte[11];
            assertThatThrownBy(() -> factory.persist(bytes)).hasMessageContaining("allows 10 bytes");

            Lengths digits = new Lengths();
            digits.amount = new BigDecimal("123456789012345678.99");
            assertThatThrownBy(() -> factory.persist(digits)).hasMessageContaining("allows 19 decimal digits");
            assertThat(factory.raw("select count(*) from Lengths")).containsExactly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void generated_tables_pass_hibernates_own_validation(TestDatabase database) {
        TestDatabase.Fresh fresh = database.fresh();
        TestFactory.on(fresh, Map.of(), Lengths.class, Twelve.class).close();

        TestFactory.on(fresh, Map.of("hibernate.hbm2ddl.auto", "validate"), Lengths.class, Twelve.class)
                .close();
    }

    @Entity(name = "Twelve")
    static class Twelve {
        @Id
        Long id = 1L;

        @Encrypted
        String s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void twelve_strings_of_default_length_fit_in_one_table(TestDatabase database) {
        try (TestFactory factory = TestFactory.on(database.fresh(), Map.of(), Twelve.class)) {
            Twelve entity = new Twelve();
            entity.s12 = "\u4E2D".repeat(255);
            factory.persist(entity);

            assertThat(factory.find(Twelve.class, 1L).s12).isEqualTo(entity.s12);
        }
    }

    @Test
    void text_columns_of_mariadb_are_ascii_and_binary() {
        try (TestFactory factory = TestFactory.on(TestDatabase.MARIADB.fresh(), Map.of(), Twelve.class)) {
            List<Object> collations = factory.raw("select distinct concat(character_set_name, ' ', collation_name)"
                    + " from information_schema.columns where table_schema = database() and column_name like 's%'");
            assertThat(collations).containsExactly("ascii ascii_bin");
        }
    }

    @MappedSuperclass
    abstract static class Base {
        @Encrypted
        @Column(length = 10)
        String inherited;
    }

    @Embeddable
    static class Part {
        @Encrypted
        String part;
    }

    @Entity(name = "Derived")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    static class Derived extends Base {
        @Id
        Long id = 1L;

        @Embedded
        Part first = new Part();

        @Embedded
        @AttributeOverride(name = "part", column = @Column(name = "overridden", length = 20))
        Part second = new Part();
    }

    @Entity(name = "MoreDerived")
    static class MoreDerived extends Derived {
        @Encrypted
        @Column(name = "more", length = 10)
        String more;
    }

    @Entity(name = "OtherDerived")
    static class OtherDerived extends Derived {
        @Encrypted
        @Column(name = "more", length = 10)
        String more;
    }

    @Test
    void superclasses_embeddables_and_shared_columns_count_the_length_once() {
        try (TestFactory factory = TestFactory.h2(Derived.class, MoreDerived.class, OtherDerived.class)) {
            assertThat(factory.raw("select character_maximum_length from information_schema.columns"
                            + " where table_name = 'DERIVED' and column_name in ('INHERITED', 'MORE', 'OVERRIDDEN', 'PART')"
                            + " order by column_name"))
                    .containsExactly(103L, 103L, 143L, 1083L);
        }
    }
}
