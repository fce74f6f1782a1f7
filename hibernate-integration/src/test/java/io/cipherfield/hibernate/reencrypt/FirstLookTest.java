package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.PlaintextPolicy;
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
    void all_of_a_large_table_may_fail_if_somebody_says_so_many_and_the_error_says_what_to_do() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, 1);
        try (Unit unit = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            unit.execute("delete from mixed_bag", "update mixed set secret = null, number = 'plain'");
            unit.execute("insert into mixed (id, secret) select x, '" + OldSystems.KNOWN.token("one")
                    + "' from system_range(100, 2599)");
            for (Reencryption job : List.of(unit.job(), unit.job().maxFailures(999))) {
                assertThatThrownBy(job::run)
                        .hasMessageStartingWith("Nothing was written.")
                        .hasMessageContaining("token decoded none of its values there")
                        .hasMessageContaining("at least 1000 as far as was looked")
                        .hasMessageContaining("maxFailures(n), --cipherfield.job.max-failures=n")
                        .hasMessageContaining("from(keys), --cipherfield.job.from=")
                        .hasMessageContaining("only(…), --cipherfield.job.only=")
                        .hasMessageContaining("taken out of @Encrypted(legacy = …)");
            }
            assertThatThrownBy(() -> unit.job().maxFailures(999).run())
                    .hasMessageContaining("the 999 that may fail are too few");

            Report tooFew = unit.job().maxFailures(2_000).run();
            assertThat(tooFew.end()).isEqualTo(Report.End.TOO_MANY_FAILURES);
            Report report = unit.job().maxFailures(2_500).run();
            assertThat(report.end()).isEqualTo(Report.End.DONE);
            assertThat(report.failed()).isEqualTo(2_500);
            assertThat(report.fromPlaintext()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void damaged_values_that_a_run_has_left_do_not_stop_the_next_one_and_fail_in_its_report(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        filled(database, 40);
        try (Unit unit = Mixture.unit(database, "none")) {
            unit.execute("update mixed set secret = 'gAAAAA00ff' where id = 7");
            unit.execute("update mixed set secret = 'gAAAAA00aa' where id = 9");
            assertThat(unit.job().run().failed()).isEqualTo(2);
            for (int run = 0; run < 2; run++) {
                unit.execute("update mixed set secret = 'written meanwhile' where id = 20");
                Report report = unit.job().run();
                assertThat(report.end()).isEqualTo(Report.End.DONE);
                assertThat(report.fromPlaintext()).isEqualTo(1);
                assertThat(report.failures()).extracting(FailedValue::key).containsExactlyInAnyOrder("7", "9");
            }
            assertThatThrownBy(() -> unit.job().maxFailures(1).run())
                    .as("a number is that of all")
                    .hasMessageContaining("at least 2 as far as was looked");

            unit.execute("update mixed set secret = 'gAAAAA00bb' where id in (7, 9)");
            assertThatThrownBy(() -> unit.job().run())
                    .as("other values in their places are not known")
                    .hasMessageContaining("token decoded none of its values there");
        }
    }

    @Test
    void they_do_not_hide_others_that_fail_for_the_first_time() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, 40);
        try (Unit unit = Mixture.unit(database, "none")) {
            unit.execute("update mixed set secret = 'gAAAAA00ff' where id = 7");
            assertThat(unit.job().run().failed()).isEqualTo(1);
            unit.execute("update mixed set secret = 'gAAAAA00aa' where id = 8");
            assertThat(unit.job().run().failed()).as("one may be damaged").isEqualTo(2);
            unit.execute("update mixed set secret = 'gAAAAA00bb' where id in (3, 4)");
            assertThatThrownBy(() -> unit.job().run()).hasMessageContaining("at least 2 as far as was looked");
        }
    }

    @Test
    void values_left_by_a_run_that_decrypts_all_are_known_too() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, 20);
        try (Unit unit = Mixture.unit(
                database,
                "none",
                OldSystems.KNOWN.readers(),
                Mixture.configuration().withPlaintext(PlaintextPolicy.PREPARE))) {
            unit.execute("update mixed set secret = 'gAAAAA00ff' where id = 7");
            unit.execute("update mixed set secret = 'gAAAAA00aa' where id = 9");
            for (int run = 0; run < 2; run++) {
                Report report = unit.job().only(Mixture.Mixed.class, "secret").decryptAll("store 1 column in clear");
                assertThat(report.end()).isEqualTo(Report.End.DONE);
                assertThat(report.failed()).isEqualTo(2);
            }
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
