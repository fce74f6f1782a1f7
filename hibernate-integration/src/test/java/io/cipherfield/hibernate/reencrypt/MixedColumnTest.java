package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plaintext, two marked formats of another system, an owned one, and ciphertext under three keys, all at once. */
@Timeout(300)
class MixedColumnTest {

    private static final int ROWS = 60;

    @ParameterizedTest
    @EnumSource
    void holds_each_kind_that_a_census_counts_and_a_run_rewrites(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = Mixture.create(database, ROWS, 1, EnumSet.allOf(Mixture.Origin.class));
        try (Unit unit = Mixture.unit(database, "none")) {
            assertThat(Mixture.forms(unit.job().census())).isEqualTo(mixture.forms());
            mixture.requireCounts(unit.job().dryRun());
            mixture.requireCounts(unit.job().verify());
            assertThat(Mixture.forms(unit.job().census())).isEqualTo(mixture.forms());

            Report report =
                    unit.job().pageSize(7).parallelism(2).smallestRange(20).run();

            mixture.requireCounts(report);
            assertThat(report.remaining()).isZero();
            assertThat(report.successful()).isTrue();
            mixture.requireKept(unit);
            assertThat(unit.job().run().rewritten()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void goes_on_with_exact_counts_wherever_a_run_was_interrupted(TestDatabase kind) throws Exception {
        for (Set<Mixture.Origin> origins : Mixture.INTERRUPTED) {
            TestDatabase.Fresh database = kind.fresh();
            Random random = new Random(origins.toString().hashCode());
            Mixture mixture = Mixture.create(database, 30, 2, origins);
            try (Unit unit = Mixture.unit(database, "none")) {
                for (int attempt = 0; attempt < 3; attempt++) {
                    interrupt(database, unit, 1 + random.nextInt(4));
                }
                Report report = unit.job().pageSize(5).run();
                mixture.requireCounts(report);
                assertThat(report.successful()).as("%s", report).isTrue();
                mixture.requireKept(unit);
            }
        }
    }

    /** In the transaction of a page, before it is counted. */
    static void interrupt(TestDatabase.Fresh database, Unit unit, int page) {
        int[] left = {page};
        DataSource breaking = TappedConnections.of(database, (step, connection) -> {
            if (TappedConnections.countsPage(step) && --left[0] == 0) {
                throw new IllegalStateException("broken");
            }
        });
        assertThatThrownBy(() -> unit.job().pageSize(5).connections(breaking).run())
                .hasMessage("broken");
    }

    @ParameterizedTest
    @EnumSource
    void keeps_what_is_under_no_key_where_a_run_is_to_leave_keys(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = Mixture.create(database, 20, 3, EnumSet.allOf(Mixture.Origin.class));
        try (Unit unit = Mixture.unit(database, "none")) {
            Report report = unit.job().from(Unit.OLD.id()).run();
            assertThat(report.rewritten()).isEqualTo(mixture.count(Mixture.Origin.OLD));
            assertThat(report.fromLegacy()).isZero();
            assertThat(report.successful()).isTrue();
            assertThat(unit.job().census().legacy())
                    .isEqualTo(mixture.count(Mixture.Origin.SEALED, Mixture.Origin.TOKEN, Mixture.Origin.OWNED));
            mixture.requireKept(unit);
        }
    }
}
