package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** One factory's types and encryptors serve all its threads. */
class ConcurrentSessionsTest {

    private static final int THREADS = 32;
    private static final int ROWS_OF_A_THREAD = 100;
    private static final int COUNTERS = 4;
    private static final long COUNTER_IDS_FROM = 1_000_000;

    @Entity(name = "Reading")
    static class Reading {
        @Id
        long id;

        @Encrypted
        @Column(length = 100)
        String text;

        @Encrypted
        Long number;

        @Encrypted
        LocalDate date;

        @Encrypted
        byte[] bytes;

        static Reading of(long id, long number) {
            Reading reading = new Reading();
            reading.id = id;
            reading.set(number);
            return reading;
        }

        /** All four say the same, so that a value of another row or of another moment shows. */
        void set(long newNumber) {
            number = newNumber;
            text = id + " has " + newNumber;
            date = LocalDate.ofEpochDay(newNumber);
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }

        void assertSound() {
            Reading expected = of(id, number);
            assertThat(text).isEqualTo(expected.text);
            assertThat(date).isEqualTo(expected.date);
            assertThat(bytes).isEqualTo(expected.bytes);
        }
    }

    @Test
    void threads_that_share_a_factory_read_and_write_what_is_theirs() throws Exception {
        TestDatabase.Fresh fresh = TestDatabase.H2.fresh();
        // A counter's turn may be longer in coming than H2's two seconds.
        TestDatabase.Fresh waiting = new TestDatabase.Fresh(
                fresh.kind(), fresh.url() + ";LOCK_TIMEOUT=60000", fresh.user(), fresh.password());
        Map<String, ?> enoughConnections = Map.of("hibernate.connection.pool_size", THREADS + 1);
        try (TestFactory factory = TestFactory.on(waiting, enoughConnections, Reading.class)) {
            for (int i = 0; i < COUNTERS; i++) {
                factory.persist(Reading.of(COUNTER_IDS_FROM + i, 0));
            }
            inThreads(thread -> work(factory.sessions(), thread));

            List<Reading> all = factory.sessions()
                    .fromTransaction(session -> session.createSelectionQuery("from Reading", Reading.class)
                            .list());
            assertThat(all).hasSize(THREADS * ROWS_OF_A_THREAD + COUNTERS);
            for (Reading reading : all) {
                reading.assertSound();
                boolean counter = reading.id >= COUNTER_IDS_FROM;
                assertThat(reading.number).isEqualTo(counter ? THREADS / COUNTERS * ROWS_OF_A_THREAD : reading.id + 1);
            }
            List<Object> stored = factory.raw("select text from Reading");
            assertThat(new HashSet<>(stored)).hasSameSizeAs(stored);
        }
    }

    private static void work(SessionFactory sessions, int thread) {
        for (int row = 0; row < ROWS_OF_A_THREAD; row++) {
            long id = (long) thread * ROWS_OF_A_THREAD + row;
            sessions.inTransaction(session -> session.persist(Reading.of(id, id)));
            sessions.inTransaction(session -> {
                Reading own = session.find(Reading.class, id);
                own.assertSound();
                own.set(own.number + 1);
            });
            sessions.inTransaction(session -> {
                Reading shared = session.find(
                        Reading.class, COUNTER_IDS_FROM + thread % COUNTERS, LockModeType.PESSIMISTIC_WRITE);
                shared.assertSound();
                shared.set(shared.number + 1);
            });
            sessions.inTransaction(session -> {
                Reading ofAnother = session.find(Reading.class, (id + ROWS_OF_A_THREAD) % (THREADS * ROWS_OF_A_THREAD));
                if (ofAnother != null) {
                    ofAnother.assertSound();
                }
            });
        }
    }

    private static void inThreads(ThreadsWork work) throws Exception {
        CountDownLatch all = new CountDownLatch(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                results.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    work.of(thread);
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface ThreadsWork {
        void of(int thread);
    }
}
