package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.StaleStateException;

/**
 * An application in the midst of a rolling deployment that writes while a job runs, and knows what it has committed. Its transactions
 * change several rows in any order, so that they meet each other and the job in deadlocks.
 */
final class Writers implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 8;
    private static final String CONNECTION_LOST = "08006";
    private static final int PAUSE_AFTER_A_FAILURE_IN_MILLIS = 100;

    private final int rows;
    private final List<Unit> instances;
    private final Predicate<Throwable> mayHappen;
    private final AtomicIntegerArray committed;
    private final AtomicIntegerArray inDoubt;
    private final Map<Long, Long> present = new ConcurrentHashMap<>();
    private final Set<Long> abandoned = ConcurrentHashMap.newKeySet();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** @param mayHappen besides conflicts; whether such a transaction was committed is not known then */
    private Writers(int rows, List<Unit> instances, Predicate<Throwable> mayHappen) {
        this.rows = rows;
        this.instances = instances;
        this.mayHappen = mayHappen;
        this.committed = new AtomicIntegerArray(rows);
        this.inDoubt = new AtomicIntegerArray(rows);
        LongStream.range(0, rows).forEach(id -> present.put(id, 0L));
    }

    /** Creates so many rows of each kind, under {@link Unit#OLD}, and an application of which one instance encrypts under each key. */
    static Writers of(TestDatabase.Fresh database, int rows, Predicate<Throwable> mayHappen) {
        try (Unit unit = Unit.before(database, Witness.ALL)) {
            unit.persist(
                    LongStream.range(0, rows).mapToObj(Witness.Untouched::new).toList());
            unit.persist(
                    LongStream.range(0, rows).mapToObj(Witness.Updated::new).toList());
            unit.persist(
                    LongStream.range(0, rows).mapToObj(Witness.Replaced::new).toList());
        }
        return new Writers(
                rows,
                List.of(instance(database, Unit.OLD, Unit.NEW), instance(database, Unit.NEW, Unit.OLD)),
                mayHappen);
    }

    private static Unit instance(TestDatabase.Fresh database, CipherKey... keys) {
        return Unit.start(
                database,
                "none",
                CipherfieldConfiguration.of(Keyring.of(keys[0], keys[1])),
                settings -> settings.setProperty("hibernate.jdbc.batch_size", "20"),
                Witness.ALL);
    }

    /** @param pauseInMillis after each transaction */
    Writers start(int threadCount, long seed, int pauseInMillis) {
        for (int i = 0; i < threadCount; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> write(new Random(seed + number), number, threadCount, pauseInMillis), "writer-" + i);
            thread.start();
            threads.add(thread);
        }
        return this;
    }

    int writes() {
        return writes.get();
    }

    int conflicts() {
        return conflicts.get();
    }

    void requireNoFailure() {
        if (failure.get() != null) {
            throw new AssertionError("A writer failed", failure.get());
        }
    }

    @SuppressWarnings("IllegalCatch")
    private void write(Random random, int number, int threadCount, int pauseInMillis) {
        while (!stopped) {
            try {
                update(random);
                replace(random.nextInt(rows / threadCount) * threadCount + number);
                pause(pauseInMillis);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                stopped = true;
            }
        }
    }

    private void update(Random random) {
        Set<Integer> ids = new LinkedHashSet<>();
        while (ids.size() < ROWS_AT_ONCE) {
            ids.add(random.nextInt(rows));
        }
        Outcome outcome = attempt(session ->
                ids.forEach(id -> found(session, Witness.Updated.class, id).write()));
        switch (outcome) {
            case COMMITTED -> {
                ids.forEach(committed::incrementAndGet);
                writes.addAndGet(ids.size());
            }
            case IN_DOUBT -> ids.forEach(inDoubt::incrementAndGet);
            case ROLLED_BACK -> conflicts.incrementAndGet();
        }
    }

    /** Where a connection is lost, Hibernate 7's find() logs it, marks the transaction and hands out null. */
    private static <T extends Witness> T found(Session session, Class<T> type, long id) {
        T row = session.find(type, id);
        if (row != null) {
            return row;
        }
        if (session.getTransaction().getRollbackOnly()) {
            throw new PersistenceException(new SQLException("hidden by find()", CONNECTION_LOST));
        }
        throw new AssertionError(type.getSimpleName() + " " + id + " is gone");
    }

    /** Each thread has rows of its own, so that it knows whether they are there. */
    private void replace(long id) {
        if (abandoned.contains(id)) {
            return;
        }
        Long version = present.get(id);
        Outcome outcome = attempt(session -> {
            if (version == null) {
                session.persist(new Witness.Replaced(id));
                return;
            }
            Witness.Replaced row = found(session, Witness.Replaced.class, id);
            assertThat(row.version).isEqualTo(version);
            row.requireIntact();
            if (version == 0) {
                row.write();
            } else {
                session.remove(row);
            }
        });
        switch (outcome) {
            case COMMITTED -> {
                if (version == null) {
                    present.put(id, 0L);
                } else if (version == 0) {
                    present.put(id, 1L);
                } else {
                    present.remove(id);
                }
                writes.incrementAndGet();
            }
            case IN_DOUBT -> abandoned.add(id);
            case ROLLED_BACK -> conflicts.incrementAndGet();
        }
    }

    private enum Outcome {
        COMMITTED,
        ROLLED_BACK,
        IN_DOUBT
    }

    private Outcome attempt(Consumer<Session> action) {
        try {
            instances.get(writes.get() % instances.size()).sessions().inTransaction(action);
            return Outcome.COMMITTED;
        } catch (RuntimeException e) {
            if (isConflict(e)) {
                return Outcome.ROLLED_BACK;
            }
            if (mayHappen.test(e)) {
                pause(PAUSE_AFTER_A_FAILURE_IN_MILLIS);
                return Outcome.IN_DOUBT;
            }
            throw e;
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StaleStateException
                    || cause instanceof OptimisticLockException
                    || (cause instanceof SQLException sql && TransientFailure.is(sql))) {
                return true;
            }
        }
        return false;
    }

    /** @throws AssertionError if a transaction failed in a way that none may */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        requireNoFailure();
    }

    /** Reads every row with this key alone. */
    void requireAllKept(TestDatabase.Fresh database, CipherKey key) {
        try (Unit unit = Unit.start(database, "none", CipherfieldConfiguration.of(Keyring.of(key)), Witness.ALL)) {
            assertThat(unit.all(Witness.Untouched.class)).hasSize(rows).allSatisfy(row -> {
                row.requireIntact();
                assertThat(row.version).isZero();
            });
            assertThat(unit.all(Witness.Updated.class)).hasSize(rows).allSatisfy(row -> {
                row.requireIntact();
                int id = row.id.intValue();
                assertThat(row.version)
                        .as("writes of %s that were committed", row)
                        .isBetween((long) committed.get(id), (long) committed.get(id) + inDoubt.get(id));
            });
            Map<Long, Long> found = new HashMap<>();
            unit.all(Witness.Replaced.class).forEach(row -> {
                row.requireIntact();
                found.put(row.id, row.version);
            });
            abandoned.forEach(found::remove);
            Map<Long, Long> expected = new HashMap<>(present);
            abandoned.forEach(expected::remove);
            assertThat(found).isEqualTo(expected);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        instances.forEach(Unit::close);
    }
}
