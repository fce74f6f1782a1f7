package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dcipherfield.test.kills=50} sets how often the job is killed on each database. */
@Timeout(1_800)
class KilledJobTest {

    private static final int KILLS = Integer.getInteger("cipherfield.test.kills", 4);
    private static final int ROWS = 1_500;
    private static final int PAGE = 15;
    private static final int STEPS_AT_MOST = 150;
    private static final long SEED = 4;

    /** Neither worker's first one. */
    private static final int HELD_PAGE = 20;

    @ParameterizedTest
    @EnumSource
    void a_job_that_is_killed_at_any_moment_goes_on_and_nothing_is_lost_or_done_twice(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Writers writers = Writers.of(database, ROWS, failure -> false)) {
            writers.start(2, SEED, 10);
            Random random = new Random(SEED);
            CipherKey[] keys = {Unit.OLD, Unit.NEW};
            int kills = 0;
            int rotations = 0;
            while (kills < KILLS) {
                writers.requireNoFailure();
                rotations++;
                kills += rotate(database, keys[rotations % 2], keys[(rotations + 1) % 2], random, KILLS - kills);
            }
            writers.stop();
            assertThat(writers.writes()).isPositive();

            CipherKey last = keys[(rotations + 1) % 2];
            rotate(database, last, keys[rotations % 2], random, 0);
            writers.requireAllKept(database, last);
            System.out.printf(
                    "%s: %d kills in %d rotations, %d writes meanwhile, %d conflicts (seed %d)%n",
                    kind, kills, rotations, writers.writes(), writers.conflicts(), SEED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_rotation_that_was_killed_is_rolled_back_by_swapping_the_keys(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Writers writers = Writers.of(database, ROWS, failure -> false)) {
            writers.start(2, SEED, 10);
            try (JobProcess job = JobProcess.start(database, Unit.NEW, Unit.OLD, PAGE, HELD_PAGE)) {
                // Pages before it were committed.
                job.awaitHeld();
                job.kill();
            }
            try (JobProcess back = JobProcess.start(database, Unit.OLD, Unit.NEW, PAGE, 0)) {
                assertThat(back.awaitEnd()).as("%s", back.output()).isZero();
                assertThat(back.report()).startsWith("DONE 1 ");
            }
            Counts untouched = JournalRows.byTable(database).get("untouched");
            assertThat(untouched.rows()).isEqualTo(ROWS);
            assertThat(untouched.rewritten() + untouched.alreadyCurrent()).isEqualTo(2 * ROWS);
            assertThat(untouched.rewritten()).isBetween(1L, 2L * ROWS - 1);
            writers.stop();
            // What the half of the application that has the new key wrote behind the job.
            try (Unit unit = Unit.start(
                    database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)), Witness.ALL)) {
                assertThat(unit.job().run().successful()).isTrue();
            }
            writers.requireAllKept(database, Unit.OLD);

            try (JobProcess forth = JobProcess.start(database, Unit.NEW, Unit.OLD, PAGE, 0)) {
                assertThat(forth.awaitEnd()).as("%s", forth.output()).isZero();
                requireCounts(database, forth, 0);
            }
            writers.requireAllKept(database, Unit.NEW);
        }
    }

    /** @return how often it was killed until it was done */
    private static int rotate(TestDatabase.Fresh database, CipherKey to, CipherKey from, Random random, int killsAtMost)
            throws IOException, InterruptedException, SQLException {
        int kills = 0;
        while (true) {
            try (JobProcess job = JobProcess.start(database, to, from, PAGE, 0)) {
                if (kills < killsAtMost && job.awaitSteps(1 + random.nextInt(STEPS_AT_MOST))) {
                    job.kill();
                    kills++;
                    continue;
                }
                assertThat(job.awaitEnd()).as("%s", job.output()).isZero();
                requireCounts(database, job, kills);
                return kills;
            }
        }
    }

    private static void requireCounts(TestDatabase.Fresh database, JobProcess job, int kills) throws SQLException {
        Map<String, Counts> counts = JournalRows.byTable(database);
        assertThat(counts).containsOnlyKeys("untouched", "updated", "replaced");
        assertThat(counts.get("untouched"))
                .as("each row was rewritten once")
                .isEqualTo(new Counts(ROWS, 2 * ROWS, 2 * ROWS, 0, 0, 0, 0, 0, 0));
        Counts updated = counts.get("updated");
        assertThat(updated.rows()).as("each row was looked at once").isEqualTo(ROWS);
        assertThat(updated.rewritten() + updated.alreadyCurrent() + updated.changedMeanwhile())
                .isEqualTo(2 * ROWS);
        Counts all = counts.values().stream().reduce(Counts.NONE, Counts::plus);
        assertThat(all.failed()).isZero();
        assertThat(job.report()).startsWith("DONE ").endsWith(" " + all);
        long attempts = Long.parseLong(job.report().split(" ")[1]);
        assertThat(attempts).isBetween(1L, kills + 1L);
    }
}
