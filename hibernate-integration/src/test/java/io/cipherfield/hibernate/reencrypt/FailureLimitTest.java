package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.KeyId;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many values may fail, and which keys a run leaves. */
@Timeout(180)
class FailureLimitTest {

    @ParameterizedTest
    @EnumSource
    void a_run_ends_before_one_value_too_many_fails_and_goes_on_when_more_may(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        // Of 20 rows those with an odd number are broken.
        create(database, 20);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            Report limited = unit.job().maxFailures(3).pageSize(20).run();

            assertThat(limited.end()).isEqualTo(Report.End.TOO_MANY_FAILURES);
            assertThat(limited.failed()).isEqualTo(3);
            assertThat(limited.failures()).extracting(FailedValue::key).containsExactlyInAnyOrder("01", "03", "05");
            assertThat(limited.rewritten()).isEqualTo(4);
            assertThat(limited.toText()).contains("ended before all was done");
            assertThat(quarantined(unit)).containsExactly("01", "03", "05");
            assertThat(unit.job().census().remaining(Unit.NEW.id())).isEqualTo(4);

            assertThat(unit.job().maxFailures(3).run().failed())
                    .as("those that failed before count")
                    .isEqualTo(3);

            Report enough = unit.job().maxFailures(10).pageSize(20).run();
            assertThat(enough.end()).isEqualTo(Report.End.DONE);
            assertThat(enough.successful()).isFalse();
            assertThat(enough.attempts()).isEqualTo(3);
            assertThat(enough.failed()).isEqualTo(10);
            assertThat(enough.failures()).hasSize(10);
            assertThat(enough.rewritten()).isEqualTo(10);
            assertThat(quarantined(unit)).hasSize(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void none_may_fail_if_nobody_says_otherwise_of_a_limit_of_zero(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database, 4);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            Report report = unit.job().maxFailures(0).pageSize(1).run();
            assertThat(report.end()).isEqualTo(Report.End.TOO_MANY_FAILURES);
            assertThat(report.failed()).isZero();
            assertThat(report.rewritten()).isEqualTo(1);
            assertThat(unit.job().maxFailures(0).verify().failed())
                    .as("looking is not limited")
                    .isEqualTo(2);
        }
    }

    @Test
    void what_was_repaired_is_no_longer_in_quarantine_when_a_run_has_seen_it() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database, 4);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThat(unit.job().run().failed()).isEqualTo(2);
            assertThat(quarantined(unit)).containsExactly("01", "03");
            unit.execute("update named set secret = null where id = '01'");
            assertThat(unit.job().run().failed()).isEqualTo(1);
            assertThat(quarantined(unit)).containsExactly("03");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_does_not_start_if_more_values_need_a_lost_key_than_may_fail(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            persist(unit, 0, 5);
        }
        try (Unit unit = Unit.start(
                database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.LOST)), Entities.Named.class)) {
            persist(unit, 5, 3);
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThatThrownBy(() -> unit.job().maxFailures(2).run())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(Unit.LOST.id().toString());
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(5);
            Report report = unit.job().maxFailures(3).run();
            assertThat(report.failed()).isEqualTo(3);
            assertThat(report.rewritten()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void values_of_a_lost_key_that_a_run_has_left_do_not_stop_the_next_one(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            persist(unit, 0, 5);
        }
        CipherfieldConfiguration lost = CipherfieldConfiguration.of(Keyring.of(Unit.LOST));
        try (Unit unit = Unit.start(database, "none", lost, Entities.Named.class)) {
            persist(unit, 5, 3);
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThat(unit.job().maxFailures(3).run().failed()).isEqualTo(3);
        }
        CipherfieldConfiguration old = CipherfieldConfiguration.of(Keyring.of(Unit.OLD));
        try (Unit unit = Unit.start(database, "none", old, Entities.Named.class)) {
            persist(unit, 10, 2);
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThat(unit.job().dryRun().failed()).isEqualTo(3);
            Report report = unit.job().run();
            assertThat(report.rewritten()).isEqualTo(2);
            assertThat(report.failed()).isEqualTo(3);
            assertThat(quarantined(unit)).containsExactly("05", "06", "07");
        }
        try (Unit unit = Unit.start(database, "none", lost, Entities.Named.class)) {
            persist(unit, 20, 2);
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThatThrownBy(() -> unit.job().run())
                    .as("others of that key are not known")
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(Unit.LOST.id().toString())
                    .hasMessageContaining("maxFailures(n)");
            assertThatThrownBy(() -> unit.job().maxFailures(4).run())
                    .as("a number is that of all")
                    .isInstanceOf(ConfigurationException.class);
            assertThat(unit.job().maxFailures(5).run().failed()).isEqualTo(5);
        }
    }

    @Test
    void a_dry_run_that_asks_for_them_creates_no_table() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database, 2);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThat(unit.job().dryRun().failed()).isEqualTo(1);
            assertThatThrownBy(() -> quarantined(unit)).isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_the_keys_to_leave_are_left(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            persist(unit, 0, 5);
        }
        CipherfieldConfiguration lost = CipherfieldConfiguration.of(Keyring.of(Unit.LOST));
        try (Unit unit = Unit.start(database, "none", lost, Entities.Named.class)) {
            persist(unit, 5, 3);
        }
        CipherfieldConfiguration all = CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD, Unit.LOST));
        try (Unit unit = Unit.start(database, "none", all, Entities.Named.class)) {
            Report report = unit.job().from(Unit.LOST.id()).run();
            assertThat(report.rewritten()).isEqualTo(3);
            assertThat(report.alreadyCurrent()).isEqualTo(5);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(5);
            assertThat(unit.job().census().remaining(Unit.LOST.id())).isZero();
            assertThat(unit.job().run().rewritten()).isEqualTo(5);
        }
    }

    @Test
    void a_key_to_leave_that_the_ring_lacks_is_refused() {
        try (Unit unit = Unit.before(TestDatabase.H2.fresh(), Entities.Named.class)) {
            KeyId unknown = Unit.LOST.id();
            assertThatThrownBy(() -> unit.job().from(unknown).run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining(unknown.toString())
                    .hasMessageContaining("Nothing was written");
        }
    }

    private static List<String> quarantined(Unit unit) {
        return unit.raw("select row_key from cipherfield_quarantine order by row_key").stream()
                .map(row -> row.get(0))
                .toList();
    }

    private static void create(TestDatabase.Fresh database, int rows) {
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            persist(unit, 0, rows);
            for (int i = 1; i < rows; i += 2) {
                unit.execute("update named set secret = concat(substring(secret, 1, 30), 'AAAA', substring(secret, 35))"
                        + " where id = '" + String.format("%02d", i) + "'");
            }
        }
    }

    private static void persist(Unit unit, int from, int rows) {
        unit.persist(IntStream.range(from, from + rows)
                .mapToObj(i -> new Entities.Named(String.format("%02d", i), "secret " + i))
                .toList());
    }
}
