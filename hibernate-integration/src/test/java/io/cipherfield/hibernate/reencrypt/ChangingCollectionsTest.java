package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that adds, removes and changes elements of collections while the job rewrites them. */
@Timeout(600)
class ChangingCollectionsTest {

    private static final int OWNERS = 60;
    private static final int LEAST_CHANGES = 60;
    private static final int MOST_RUNS = 60;

    @Entity(name = "Circle")
    @Table(name = "circle")
    static class Circle {
        @Id
        Long id;

        @ElementCollection
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<String> words = new TreeSet<>();

        @ElementCollection
        @EncryptedKey
        @Encrypted
        Map<String, String> entries = new HashMap<>();

        @ElementCollection
        @Encrypted
        List<String> bag = new ArrayList<>();

        @ElementCollection
        @Encrypted(deterministic = true)
        List<String> same = new ArrayList<>();

        String text() {
            return new TreeSet<>(words) + " " + new TreeMap<>(entries) + " "
                    + bag.stream().sorted().toList() + " "
                    + same.stream().sorted().toList();
        }

        void change(Random random) {
            String any = String.valueOf(random.nextInt(12));
            switch (random.nextInt(8)) {
                case 0 -> words.add("word " + any);
                case 1 -> words.remove("word " + any);
                case 2 -> entries.put("key " + any, "entry " + random.nextInt(100));
                case 3 -> entries.remove("key " + any);
                case 4 -> bag.add("element " + random.nextInt(100));
                case 5 -> bag.remove(bag.isEmpty() ? "none" : bag.get(0));
                case 6 -> same.add("same " + random.nextInt(3));
                default -> {
                    same.remove("same 1");
                    words.remove("word 3");
                    words.add("word 4");
                }
            }
        }
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void loses_nothing_and_gets_nothing_back(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Map<Long, String> expected = new ConcurrentHashMap<>();
        try (Unit unit = Unit.before(database, Circle.class)) {
            for (long id = 0; id < OWNERS; id++) {
                Circle circle = new Circle();
                circle.id = id;
                Random random = new Random(id);
                for (int i = 0; i < 30; i++) {
                    circle.change(random);
                }
                unit.persist(circle);
                expected.put(id, circle.text());
            }
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        try (Unit old = Unit.start(
                        database,
                        "none",
                        CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW))
                                .withStartupCheck(StartupCheckMode.OFF),
                        settings -> settings,
                        Circle.class);
                Unit unit = Unit.after(database, Circle.class)) {
            Future<?> oldWriter = threads.submit(() -> change(old, 0, expected, changes, done));
            Future<?> newWriter = threads.submit(() -> change(unit, 1, expected, changes, done));
            long rewritten = 0;
            for (int run = 0; run < 3 || (changes.get() < LEAST_CHANGES && run < MOST_RUNS); run++) {
                Report report = unit.job().pageSize(40).run();
                assertThat(report.failures()).isEmpty();
                rewritten += report.rewritten();
            }
            done.set(true);
            oldWriter.get();
            newWriter.get();
            assertThat(changes.get()).isGreaterThanOrEqualTo(LEAST_CHANGES);
            assertThat(rewritten).isPositive();

            assertThat(unit.job().run().failures()).isEmpty();
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            assertThat(unit.job().run().rewritten()).isZero();
        }
        try (Unit unit = Unit.start(
                database,
                "none",
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW)).withStartupCheck(StartupCheckMode.OFF),
                settings -> settings,
                Circle.class)) {
            unit.sessions()
                    .inTransaction(session -> session.createQuery("from Circle", Circle.class)
                            .getResultList()
                            .forEach(circle -> assertThat(circle.text())
                                    .as("owner " + circle.id)
                                    .isEqualTo(expected.get(circle.id))));
        }
    }

    /** The two writers have owners of their own. */
    private static void change(
            Unit unit, int parity, Map<Long, String> expected, AtomicInteger changes, AtomicBoolean done) {
        Random random = new Random(parity);
        while (!done.get()) {
            long id = random.nextInt(OWNERS / 2) * 2L + parity;
            try {
                String text = unit.sessions().fromTransaction(session -> {
                    Circle circle = session.find(Circle.class, id);
                    circle.change(random);
                    return circle.text();
                });
                expected.put(id, text);
                changes.incrementAndGet();
            } catch (PersistenceException e) {
                // The loser of a deadlock with the job, or one whose row the job rewrote meanwhile: rolled back, so not written.
            }
        }
    }
}
