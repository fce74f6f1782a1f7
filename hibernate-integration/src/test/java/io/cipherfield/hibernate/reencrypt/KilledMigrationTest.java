package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.reencrypt.Mixture.Origin;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of plaintext and two formats of another system in one column, in a JVM that is killed. */
@Timeout(600)
class KilledMigrationTest {

    private static final int KILLS = 3;
    private static final int ROWS = 300;
    private static final int PAGE = 10;
    private static final int STEPS_AT_MOST = 120;
    private static final long SEED = 9;

    @ParameterizedTest
    @EnumSource
    void goes_on_and_counts_each_value_once(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = Mixture.create(database, ROWS, SEED, EnumSet.allOf(Origin.class));
        Random random = new Random(SEED);
        int kills = 0;
        while (kills < KILLS) {
            try (JobProcess job = JobProcess.startMigration(database, PAGE)) {
                if (!job.awaitSteps(1 + random.nextInt(STEPS_AT_MOST))) {
                    break;
                }
                job.kill();
                kills++;
            }
        }
        try (JobProcess job = JobProcess.startMigration(database, PAGE)) {
            assertThat(job.awaitEnd()).as("%s", job.output()).isZero();
        }
        assertThat(kills).isEqualTo(KILLS);
        Counts counts = JournalRows.byTable(database).values().stream().reduce(Counts.NONE, Counts::plus);
        assertThat(counts.scanned()).isEqualTo(mixture.size());
        assertThat(counts.nulls()).isEqualTo(mixture.count(Origin.NULL));
        assertThat(counts.alreadyCurrent()).isEqualTo(mixture.count(Origin.CURRENT));
        assertThat(counts.fromPlaintext()).isEqualTo(mixture.count(Origin.PLAINTEXT));
        assertThat(counts.fromLegacy()).isEqualTo(mixture.count(Origin.SEALED, Origin.TOKEN, Origin.OWNED));
        assertThat(counts.rewritten()).isEqualTo(mixture.size() - mixture.count(Origin.NULL, Origin.CURRENT));
        try (Unit unit = Mixture.unit(database, "none")) {
            mixture.requireKept(unit);
            assertThat(unit.job().census().outdated()).isZero();
        }
    }
}
