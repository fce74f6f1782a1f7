package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.reencrypt.Mixture.Origin;
import io.cipherfield.hibernate.testing.OldSystems;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job does before it writes, where a format notices a wrong key. */
@Timeout(180)
class FirstLookTest {

    private static final String ALL = "select id, secret, number, owned from mixed order by id";

    private static Mixture filled(TestDatabase.Fresh database, int rows) throws Exception {
        return Mixture.create(database, rows, 11, EnumSet.of(Origin.TOKEN, Origin.PLAINTEXT, Origin.OLD));
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_key_stops_a_run_before_anything_is_written(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = filled(database, 40);
        try (Unit unit = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            List<List<String>> before = unit.raw(ALL);
            for (Reencryption job :
                    List.of(unit.job(), unit.job().maxFailures(0), unit.job().maxFailures(3))) {
                assertThatThrownBy(job::run)
                        .isInstanceOf(ReencryptionException.class)
                        .hasMessageStartingWith("Nothing was written. Legacy readers could not decode")
                        .hasMessageContaining("\n    mixed.secret (" + Mixture.Mixed.class.getName()
                                + ".secret): token decoded none of its values there, at one since: ")
                        .hasMessageContaining("Its Fernet signature is not right")
                        .hasMessageContaining("\n    mixed_bag.bag (")
                        .hasMessageContaining("Give the reader the key or the secret")
                        .hasMessageContaining("--cipherfield.job.max-failures=n");
            }
            assertThat(unit.raw(ALL)).isEqualTo(before);
            // What leaves a key alone touches none of them.
            assertThat(unit.job().from(Unit.OLD.id()).run().rewritten()).isEqualTo(mixture.count(Origin.OLD));
        }
        try (Unit unit = Mixture.unit(database, "none")) {
            assertThat(unit.job().run().successful()).isTrue();
            mixture.requireKept(unit);
        }
    }

    @Test
    void who_says_that_so_many_may_fail_is_taken_at_the_word() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        Mixture mixture = filled(database, 20);
        try (Unit unit = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            Report report = unit.job().maxFailures(mixture.count(Origin.TOKEN)).run();
            assertThat(report.failed()).isEqualTo(mixture.count(Origin.TOKEN));
            assertThat(report.rewritten()).isEqualTo(mixture.count(Origin.PLAINTEXT, Origin.OLD));
        }
    }

    @Test
    void all_of_a_large_table_is_no_damage_whatever_was_said() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, 1);
        try (Unit unit = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            unit.execute("insert into mixed (id, secret) select x, '" + OldSystems.KNOWN.token("one")
                    + "' from system_range(100, 2100)");
            assertThatThrownBy(() -> unit.job().maxFailures(100_000).run())
                    .hasMessageContaining("token decoded none of its values there");
        }
    }

    @Test
    void a_damaged_value_among_others_or_alone_fails_by_itself() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, 40);
        try (Unit unit = Mixture.unit(database, "none")) {
            unit.execute("update mixed set secret = 'gAAAAA00ff' where id = 7");
            for (int run = 0; run < 2; run++) {
                Report report = unit.job().run();
                assertThat(report.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.reason())
                                .contains("legacy reader token", "It is no whole Fernet token"));
            }
            assertThat(unit.job().census().legacy("token")).isEqualTo(1);
        }
    }
}
