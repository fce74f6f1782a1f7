package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables whose primary key holds encrypted values. */
class KeyedTablesTest {

    @Entity(name = "Part")
    static class Part {
        @Id
        Long id = 7L;
    }

    @Entity(name = "Whole")
    static class Whole {
        @Id
        Long id = 1L;

        @ElementCollection
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<String> words = Set.of("a", "b");

        @ElementCollection
        @EncryptedKey
        @Encrypted
        Map<String, String> pairs = Map.of("k", "v");

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "whole")
        @EncryptedKey
        @MapKeyColumn(name = "nick")
        Map<String, Part> parts = new HashMap<>(Map.of("p", new Part()));
    }

    @ParameterizedTest
    @EnumSource
    void are_rewritten_and_one_attribute_alone_too(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Whole.class, Part.class)) {
            unit.persist(new Whole());
        }
        try (Unit unit = Unit.after(database, Whole.class, Part.class)) {
            assertThat(unit.job().verify().scanned()).isEqualTo(5);
            assertThat(unit.job().only(Whole.class, "pairs#key").run().rewritten())
                    .isEqualTo(1);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(4);
            Report report = unit.job().run();
            assertThat(report.rewritten()).isEqualTo(4);
            assertThat(report.alreadyCurrent()).isEqualTo(1);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            unit.sessions().inTransaction(session -> {
                Whole whole = session.find(Whole.class, 1L);
                assertThat(whole.words).containsExactlyInAnyOrder("a", "b");
                assertThat(whole.pairs).containsExactly(Map.entry("k", "v"));
                assertThat(whole.parts).containsOnlyKeys("p");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_value_that_a_set_holds_under_both_keys_fails_alone_and_shows_no_plaintext(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        Class<?>[] entities = {Whole.class, Part.class};
        try (Unit unit = Unit.before(database, entities)) {
            unit.persist(new Whole());
        }
        try (Unit unit = Unit.after(database, entities)) {
            Whole other = new Whole();
            other.id = 2L;
            other.words = Set.of("b");
            other.parts = Map.of();
            unit.persist(other);
            unit.execute(
                    "insert into Whole_words (Whole_id, words) select 1, words from Whole_words where Whole_id = 2");
            unit.execute("insert into Whole_words (Whole_id, words) values (1, 'forgotten word')");

            Report report = unit.job().run();

            assertThat(report.rewritten()).isEqualTo(4);
            assertThat(report.alreadyCurrent()).isEqualTo(1 + 1 + 2);
            assertThat(report.failures())
                    .extracting(FailedValue::reason)
                    .anySatisfy(reason -> assertThat(reason).contains("the same value under two keys"))
                    .hasSize(2);
            assertThat(report.toText()).contains("=1").doesNotContain("forgotten word");
            assertThat(unit.raw("select words from Whole_words where Whole_id = 1"))
                    .hasSize(4);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(1);
        }
    }

    @Entity(name = "Measured")
    static class Measured {
        @Id
        Double id = 0.5;

        @ElementCollection
        @Column(nullable = false, length = 40)
        @Encrypted(deterministic = true)
        Set<String> words = Set.of("a");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_only_looked_at_shows_no_plaintext_of_a_key_either(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Measured.class)) {
            unit.persist(new Measured());
            unit.execute("insert into Measured_words (Measured_id, words) values (0.5, 'forgotten word')");
            Report report = unit.job().verify();

            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.key()).contains("0.5"));
            assertThat(report.toText() + report.toJson()).doesNotContain("forgotten word");
        }
    }
}
