package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.internal.journal.JournalException;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that was stopped, by a debugger or a machine that hung, and comes back when another has its place. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class LateProcessTest {

    private static final int ROWS = 300;
    private static final int PAGE = 20;
    private static final int HELD_PAGE = 4;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void a_page_of_a_process_that_was_taken_for_dead_fails(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Writers writers = Writers.of(database, ROWS, failure -> false);
                JobProcess late = JobProcess.start(database, Unit.NEW, Unit.OLD, PAGE, HELD_PAGE);
                Unit unit = Unit.after(database, Witness.ALL)) {
            // Its rows are written and locked, the page is neither counted nor committed.
            late.awaitHeld();
            late.signal("STOP");
            long token = JournalRows.token(database);
            writers.start(2, 1, 5);
            Future<Report> other = threads.submit(() -> takeOver(unit));
            while (JournalRows.token(database) == token) {
                Thread.sleep(50);
                if (other.isDone() && JournalRows.token(database) == token) {
                    requireOnlyLocked(other);
                    // It was stopped while its heartbeat or its other worker held a row of the journal, and H2 ends no
                    // such transaction.
                    late.signal("CONT");
                    Thread.sleep(500);
                    late.signal("STOP");
                    other = threads.submit(() -> takeOver(unit));
                }
            }
            if (kind != TestDatabase.H2) {
                // These end the stopped process's transaction by themselves.
                assertThat(other.get().end()).isEqualTo(Report.End.DONE);
            }
            late.signal("CONT");
            late.letGo();

            assertThat(late.awaitEnd()).as("%s", late.output()).isNotZero();
            assertThat(late.output())
                    .anySatisfy(line -> assertThat(line).contains("another process took the run over"));
            Report report = other.get();
            assertThat(report.end()).isEqualTo(Report.End.DONE);
            assertThat(report.attempts()).isEqualTo(2);
            writers.stop();
            assertThat(JournalRows.byTable(database).get("untouched"))
                    .isEqualTo(new Counts(ROWS, 2 * ROWS, 2 * ROWS, 0, 0, 0, 0, 0, 0));
            assertThat(JournalRows.byTable(database).get("updated").rows()).isEqualTo(ROWS);
            unit.job().run();
            writers.requireAllKept(database, Unit.NEW);
        }
    }

    private static void requireOnlyLocked(Future<Report> takeover) {
        assertThatThrownBy(takeover::get)
                .hasRootCauseInstanceOf(JournalException.class)
                .hasMessageContaining("cannot be taken: a transaction that has locked rows");
    }

    /** Waits until the lease has expired. */
    static Report takeOver(Unit unit) throws InterruptedException {
        while (true) {
            try {
                return unit.job().pageSize(PAGE).parallelism(2).run();
            } catch (ReencryptionException e) {
                if (!e.getMessage().contains("A run is under way")) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }
}
