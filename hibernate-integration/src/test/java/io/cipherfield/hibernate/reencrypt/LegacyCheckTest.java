package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldException;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.reencrypt.Mixture.Origin;
import io.cipherfield.hibernate.testing.OldSystems;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job does before it writes, where a format does not notice a wrong password. */
@Timeout(180)
class LegacyCheckTest {

    private static final String ALL = "select id, secret, number, owned from mixed order by id";

    private static Mixture filled(TestDatabase.Fresh database, Origin... origins) throws Exception {
        return Mixture.create(database, 40, 5, EnumSet.copyOf(List.of(origins)));
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_password_stops_a_run_before_anything_is_written(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = filled(database, Origin.SEALED, Origin.OWNED, Origin.PLAINTEXT, Origin.OLD);
        try (Unit unit = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            List<List<String>> before = unit.raw(ALL);
            List<String> notices = new ArrayList<>();
            List<String> told = new ArrayList<>();
            assertThatThrownBy(() -> unit.job()
                            .pageSize(5)
                            .listener(heard(notices, told))
                            .run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageStartingWith("Nothing was written. Of ")
                    .hasMessageContaining("values of the legacy readers owned, sealed, ")
                    .hasMessageContaining(" could not be decoded.")
                    .hasMessageContaining("Look at the password, the algorithm")
                    .hasMessageContaining("--cipherfield.job.max-failures=n")
                    .hasMessageContaining("\n    mixed.secret, row ");
            assertThat(unit.raw(ALL)).isEqualTo(before);
            assertThat(told).contains("mixed", "mixed_bag");
            assertThat(notices).singleElement().asString().startsWith("Before the first one is written, all values of");
        }
        try (Unit unit = Mixture.unit(database, "none")) {
            mixture.requireCounts(unit.job().run());
            mixture.requireKept(unit);
        }
    }

    private static ReencryptionListener heard(List<String> notices, List<String> progress) {
        return new ReencryptionListener() {
            @Override
            public void progress(Progress one) {
                progress.add(one.table());
            }

            @Override
            public void notice(String text) {
                notices.add(text);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void a_damaged_value_stops_a_run_too_unless_somebody_says_that_so_many_may_fail(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        filled(database, Origin.SEALED);
        try (Unit unit = Mixture.unit(database, "none")) {
            unit.execute("update mixed set secret = 'ENC(00ff)' where id = 7");
            List<List<String>> before = unit.raw(ALL);
            for (Reencryption job :
                    List.of(unit.job(), unit.job().maxFailures(0), unit.job().parallelism(2))) {
                assertThatThrownBy(job::run)
                        .hasMessageStartingWith("Nothing was written. Of ")
                        .hasMessageContaining(", 1 could not be decoded.")
                        .hasMessageContaining("\n    mixed.secret, row 7: ");
            }
            assertThat(unit.raw(ALL)).isEqualTo(before);

            Report report = unit.job().maxFailures(1).run();
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.key()).isEqualTo("7"));
            assertThat(report.rewritten()).isEqualTo(report.fromLegacy()).isPositive();
            assertThat(report.remaining()).isEqualTo(1);
            assertThat(unit.job().census().legacy("sealed")).isEqualTo(1);
            assertThat(unit.raw("select secret from mixed where id = 7")).containsExactly(List.of("ENC(00ff)"));

            unit.execute("update mixed set secret = 'written meanwhile' where id = 8");
            Report next = unit.job().run();
            assertThat(next.fromPlaintext()).isEqualTo(1);
            assertThat(next.failures()).extracting(FailedValue::key).containsExactly("7");
            unit.execute("update mixed set secret = 'ENC(00aa)' where id = 7");
            assertThatThrownBy(() -> unit.job().run()).hasMessageContaining(", 1 could not be decoded.");
        }
    }

    @Test
    void a_wrong_password_is_not_covered_by_the_number_of_failures_that_may_be() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, Origin.SEALED);
        try (Unit unit = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            // One that passes by chance.
            unit.execute("update mixed set secret = '" + OldSystems.UNKNOWN.sealed("garbage") + "' where id = 7");
            List<List<String>> before = unit.raw(ALL);
            assertThatThrownBy(() -> unit.job().maxFailures(100_000).run())
                    .hasMessageStartingWith("Nothing was written. The legacy reader sealed could not decode half")
                    .hasMessageContaining("maxFailures does not cover that");
            assertThat(unit.raw(ALL)).isEqualTo(before);
        }
    }

    /** One that passes by chance would be rewritten as garbage. */
    @Test
    void a_password_that_reads_some_of_the_values_that_a_run_has_left_stops_the_next_one() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, Origin.SEALED);
        String foreign;
        do {
            foreign = OldSystems.UNKNOWN.sealed("foreign");
        } while (reads(OldSystems.KNOWN, foreign));
        try (Unit unit = Mixture.unit(database, "none")) {
            unit.execute(
                    "update mixed set secret = 'ENC(00ff)' where id = 7",
                    "update mixed set secret = '" + foreign + "' where id = 8");
            assertThat(unit.job().maxFailures(2).run().failed()).isEqualTo(2);
            assertThat(unit.job().run().failed()).isEqualTo(2);
        }
        try (Unit unit = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            List<List<String>> before = unit.raw(ALL);
            assertThatThrownBy(() -> unit.job().run())
                    .hasMessageStartingWith("Nothing was written. The legacy reader sealed could not decode half");
            assertThat(unit.raw(ALL)).isEqualTo(before);

            unit.execute("update mixed set secret = null where id = 7");
            assertThat(unit.job().run().fromLegacy())
                    .as("it reads all that are left")
                    .isEqualTo(1);
        }
    }

    private static boolean reads(OldSystems system, String stored) {
        try {
            system.readers().named("sealed").read(stored.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (CipherfieldException e) {
            return false;
        }
    }

    @Test
    void a_run_that_goes_on_is_looked_at_anew() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        Mixture mixture = filled(database, Origin.SEALED, Origin.OWNED);
        try (Unit unit = Mixture.unit(database, "none")) {
            MixedColumnTest.interrupt(database, unit, 4);
        }
        try (Unit wrong = Mixture.unit(database, "none", OldSystems.UNKNOWN.readers())) {
            List<List<String>> before = wrong.raw(ALL);
            assertThatThrownBy(() -> wrong.job().run()).hasMessageStartingWith("Nothing was written.");
            assertThat(wrong.raw(ALL)).isEqualTo(before);
        }
        try (Unit unit = Mixture.unit(database, "none")) {
            Report report = unit.job().pageSize(5).run();
            assertThat(report.attempts()).isEqualTo(2);
            mixture.requireCounts(report);
            mixture.requireKept(unit);
        }
    }

    @Test
    void a_job_that_is_stopped_while_it_looks_has_written_nothing() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        filled(database, Origin.SEALED);
        try (Unit unit = Mixture.unit(database, "none")) {
            List<List<String>> before = unit.raw(ALL);
            ReencryptionControl control = new ReencryptionControl();
            Report report = unit.job()
                    .pageSize(5)
                    .control(control)
                    .listener(progress -> control.stop())
                    .run();
            assertThat(report.end()).isEqualTo(Report.End.STOPPED);
            assertThat(report.scanned()).isZero();
            assertThat(unit.raw(ALL)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void marked_values_go_back_to_plaintext_with_all_others(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = filled(database, Origin.SEALED, Origin.TOKEN, Origin.OLD, Origin.PLAINTEXT);
        try (Unit unit = Mixture.unit(
                database,
                "none",
                OldSystems.KNOWN.readers(),
                Mixture.configuration().withPlaintext(PlaintextPolicy.PREPARE))) {
            Report report = unit.job()
                    .only(Mixture.Mixed.class, "secret")
                    .only(Mixture.Mixed.class, "bag")
                    .decryptAll("store 2 columns in clear");
            assertThat(report.failures()).isEmpty();
            assertThat(report.fromLegacy())
                    .isEqualTo(mixture.count(value -> List.of("secret", "bag").contains(value.column())
                            && List.of(Origin.SEALED, Origin.TOKEN).contains(value.origin())));
            assertThat(report.successful()).isTrue();
            assertThat(unit.raw("select secret from mixed"))
                    .allSatisfy(row -> assertThat(row.get(0)).startsWith("wörd "));
            mixture.requireKept(unit);
        }
    }
}
