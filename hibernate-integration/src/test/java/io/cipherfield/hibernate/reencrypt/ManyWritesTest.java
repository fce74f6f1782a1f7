package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dcipherfield.test.writes=100000} sets how many rows the application writes on each database meanwhile. */
@Timeout(1_800)
class ManyWritesTest {

    private static final int WRITES = Integer.getInteger("cipherfield.test.writes", 4_000);
    private static final int ROWS = 1_000;
    private static final int ROTATIONS = 3;
    private static final int ROWS_OF_A_PAGE_AT_MOST = 200;
    private static final long SEED = 5;

    @ParameterizedTest
    @EnumSource
    void no_write_of_transactions_that_lock_rows_in_any_order_is_lost(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Writers writers = Writers.of(database, ROWS, failure -> false);
                Unit toNew = Unit.after(database, Witness.ALL);
                Unit toOld = Unit.start(
                        database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)), Witness.ALL)) {
            writers.start(3, SEED, 0);
            Random random = new Random(SEED);
            int rotations = 0;
            long changedMeanwhile = 0;
            while (writers.writes() < WRITES || rotations < ROTATIONS) {
                writers.requireNoFailure();
                Report report = (rotations++ % 2 == 0 ? toNew : toOld)
                        .job()
                        .parallelism(2)
                        .smallestRange(100)
                        .pageSize(1 + random.nextInt(ROWS_OF_A_PAGE_AT_MOST))
                        .run();
                assertThat(report.failures()).isEmpty();
                assertThat(JournalRows.byTable(database).get("untouched"))
                        .isEqualTo(new Counts(ROWS, 2 * ROWS, 2 * ROWS, 0, 0, 0, 0, 0, 0));
                assertThat(JournalRows.byTable(database).get("updated").rows()).isEqualTo(ROWS);
                changedMeanwhile += report.changedMeanwhile();
            }
            writers.stop();
            toNew.job().run();
            writers.requireAllKept(database, Unit.NEW);
            System.out.printf(
                    "%s: %d writes in %d rotations, %d conflicts, %d values changed meanwhile (seed %d)%n",
                    kind, writers.writes(), rotations, writers.conflicts(), changedMeanwhile, SEED);
        }
    }
}
