package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.reencrypt.Mixture.Origin;
import io.cipherfield.hibernate.testing.OldSystems;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An old version of the application, which encrypts nothing or as it always did, writes while the job runs. */
@Timeout(180)
class MeanwhileTest {

    private static final int ROWS = 40;
    private static final List<Origin> WRITTEN = List.of(Origin.PLAINTEXT, Origin.SEALED, Origin.TOKEN);

    @ParameterizedTest
    @EnumSource
    void what_it_writes_behind_the_job_is_counted_in_the_end_and_taken_by_the_next_run(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = Mixture.create(database, ROWS, 6, Mixture.ALL);
        try (Unit unit = Mixture.unit(database, "none")) {
            boolean[] written = {false};
            Report report = unit.job()
                    .only(Mixture.Mixed.class, "secret")
                    .pageSize(10)
                    .listener(new ReencryptionListener() {
                        private boolean writing;

                        @Override
                        public void progress(Progress progress) {
                            if (writing && !written[0]) {
                                written[0] = true;
                                unit.execute(
                                        "update mixed set secret = 'behind it' where id = 1",
                                        "update mixed set secret = '" + OldSystems.KNOWN.token("too")
                                                + "' where id = 2");
                            }
                        }

                        @Override
                        public void notice(String text) {
                            writing = text.startsWith("The job writes");
                        }
                    })
                    .run();
            assertThat(report.end()).isEqualTo(Report.End.DONE);
            assertThat(report.failures()).isEmpty();
            assertThat(report.scanned()).isEqualTo(ROWS);
            assertThat(report.remaining()).isEqualTo(2);
            assertThat(report.successful()).isFalse();
            assertThat(report.toText()).contains("2 values are left", "or that does not encrypt yet");
            assertThat(report.census().plaintexts()).isEqualTo(1);
            assertThat(report.census().legacy("token")).isEqualTo(1);

            Report next = unit.job().only(Mixture.Mixed.class, "secret").run();
            assertThat(next.rewritten()).isEqualTo(2);
            assertThat(next.fromPlaintext()).isEqualTo(1);
            assertThat(next.fromLegacy()).isEqualTo(1);
            assertThat(next.successful()).isTrue();
            assertThat(mixture.size()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_that_it_writes_is_lost_or_encrypted_twice(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture.create(database, ROWS, 7, Mixture.ALL);
        Map<Long, String> last = new ConcurrentHashMap<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch first = new CountDownLatch(20);
        boolean[] stopped = {false};
        Thread writer = new Thread(() -> write(database, last, first, stopped, failure), "old-version");
        try (Unit unit = Mixture.unit(database, "none")) {
            writer.start();
            first.await();
            for (int run = 0; run < 5; run++) {
                Report report =
                        unit.job().pageSize(8).parallelism(2).smallestRange(10).run();
                assertThat(report.failures()).isEmpty();
                assertThat(report.end()).isEqualTo(Report.End.DONE);
            }
            synchronized (stopped) {
                stopped[0] = true;
            }
            writer.join();
            assertThat(failure).hasNullValue();

            long left = unit.job().census().outdated();
            Report report = unit.job().run();
            assertThat(report.rewritten()).isEqualTo(left);
            assertThat(report.successful()).isTrue();
            unit.all(Mixture.Mixed.class).forEach(mixed -> {
                if (last.containsKey(mixed.id)) {
                    assertThat(mixed.secret).isEqualTo(last.get(mixed.id));
                }
            });
        }
    }

    @SuppressWarnings("IllegalCatch")
    private static void write(
            TestDatabase.Fresh database,
            Map<Long, String> last,
            CountDownLatch first,
            boolean[] stopped,
            AtomicReference<Throwable> failure) {
        Random random = new Random(8);
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement("update mixed set secret = ? where id = ?")) {
            for (int number = 0; ; number++) {
                synchronized (stopped) {
                    if (stopped[0]) {
                        return;
                    }
                }
                long id = random.nextInt(ROWS);
                String plain = "wörd of later, number " + number;
                update.setString(
                        1, Mixture.stored(WRITTEN.get(random.nextInt(WRITTEN.size())), plain, "Mixed.secret", false));
                update.setLong(2, id);
                if (isWritten(update)) {
                    last.put(id, plain);
                    first.countDown();
                }
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private static boolean isWritten(PreparedStatement update) throws SQLException {
        try {
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            if (TransientFailure.is(e)) {
                return false;
            }
            throw e;
        }
    }
}
