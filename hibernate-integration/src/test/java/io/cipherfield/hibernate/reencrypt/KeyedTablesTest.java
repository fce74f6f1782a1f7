package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
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
    void are_refused_by_name_before_anything_is_written_and_looked_at(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Whole.class, Part.class)) {
            unit.persist(new Whole());
        }
        try (Unit unit = Unit.after(database, Whole.class, Part.class)) {
            List<List<String>> before = unit.raw("select * from Whole_words order by words");
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("Nothing was written")
                    .hasMessageContainingAll("Whole_words", "Whole_pairs", "which is encrypted");
            assertThat(unit.raw("select * from Whole_words order by words")).isEqualTo(before);

            assertThat(unit.job().verify().scanned()).isEqualTo(5);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(5);
            assertThat(unit.job().only(Whole.class, "parts#key").run().rewritten())
                    .isEqualTo(1);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(4);
        }
    }
}
