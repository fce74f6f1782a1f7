package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server that ends without a word in the midst of pages, and recovers from its log. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class CrashedServerTest {

    private static final int ROWS = 400;
    private static final int PAGE = 10;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void a_run_waits_for_the_server_and_goes_on_without_a_new_start(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        EmbeddedPostgres first = server(data, 0);
        TestDatabase.Fresh database = new TestDatabase.Fresh(
                TestDatabase.POSTGRESQL,
                "jdbc:postgresql://localhost:" + first.getPort() + "/postgres",
                "postgres",
                "");
        AtomicInteger pages = new AtomicInteger();
        CountDownLatch inMidPage = new CountDownLatch(1);
        CountDownLatch crashed = new CountDownLatch(1);
        try (Writers writers = Writers.of(database, ROWS, CrashedServerTest::isLost);
                Unit unit = Unit.after(database, Witness.ALL)) {
            writers.start(2, 1, 2);
            Future<Report> job = threads.submit(() -> unit.job()
                    .pageSize(PAGE)
                    .parallelism(2)
                    .smallestRange(100)
                    .connections(TappedConnections.of(database, (step, connection) -> {
                        if (TappedConnections.countsPage(step) && pages.incrementAndGet() == 20) {
                            inMidPage.countDown();
                            await(crashed);
                        }
                    }))
                    .run());
            inMidPage.await();
            crash(data);
            crashed.countDown();
            first.close();
            try (EmbeddedPostgres second = server(data, first.getPort())) {
                Report report = job.get();
                assertThat(report.end()).isEqualTo(Report.End.DONE);
                assertThat(report.attempts()).isEqualTo(1);
                writers.stop();
                var counts = JournalRows.byTable(database);
                assertThat(counts.get("untouched")).isEqualTo(new Counts(ROWS, 2 * ROWS, 2 * ROWS, 0, 0, 0, 0, 0, 0));
                assertThat(counts.get("updated").rows()).isEqualTo(ROWS);
                unit.job()
                        .connections(TappedConnections.of(database, (step, connection) -> {}))
                        .run();
                writers.requireAllKept(database, Unit.NEW);
            }
        }
    }

    private static EmbeddedPostgres server(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    /** An immediate shutdown: no session is told, nothing is written. */
    private static void crash(Path data) throws IOException, InterruptedException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
        assertThat(new ProcessBuilder("kill", "-QUIT", pid).start().waitFor()).isZero();
        while (Files.exists(data.resolve("postmaster.pid"))) {
            Thread.sleep(20);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isLost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P"))) {
                return true;
            }
        }
        return false;
    }
}
