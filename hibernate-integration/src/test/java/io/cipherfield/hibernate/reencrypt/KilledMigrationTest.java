package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Copied;
import io.cipherfield.hibernate.reencrypt.DecryptAllTest.Leaver;
import io.cipherfield.hibernate.reencrypt.Mixture.Origin;
import io.cipherfield.hibernate.reencrypt.RenamedEntities.Afterwards;
import io.cipherfield.hibernate.reencrypt.RenamedEntities.Meanwhile;
import io.cipherfield.hibernate.reencrypt.RenamedEntities.OldPatient;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What moves values to where they belong, in a JVM that is killed. {@code -Dcipherfield.test.kills=50} sets how often. */
@Timeout(600)
class KilledMigrationTest {

    private static final int KILLS = Integer.getInteger("cipherfield.test.kills", 1);
    private static final int ROWS = 300;
    private static final int PAGE = 10;
    private static final int STEPS_AT_MOST = 60;
    private static final long SEED = 9;

    /** Plaintext and two formats of another system in one column. */
    @ParameterizedTest
    @EnumSource
    void a_migration_goes_on_and_counts_each_value_once(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture mixture = Mixture.create(database, ROWS, SEED, EnumSet.allOf(Origin.class));
        Counts counts = killed(database, KilledWork.MIGRATION);
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

    @ParameterizedTest
    @EnumSource
    void a_rebind_goes_on_beside_an_application_that_writes(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, OldPatient.class)) {
            unit.persist(LongStream.range(0, ROWS).mapToObj(OldPatient::new).toList());
        }
        Counts counts;
        try (Unit unit = Unit.after(database, Meanwhile.Person.class);
                Beside beside = new Beside(id -> unit.sessions()
                        .inTransaction(session -> session.find(Meanwhile.Person.class, id).number = "later " + id))) {
            counts = killed(database, KilledWork.REBIND);
            beside.stop();
        }
        // Number, tax, key and value of the note, tag, two remarks.
        assertThat(counts.scanned()).isEqualTo(ROWS * 7L);
        assertThat(counts.rewritten() + counts.alreadyCurrent() + counts.changedMeanwhile())
                .isEqualTo(ROWS * 7L);
        assertThat(counts.rewritten()).isGreaterThanOrEqualTo(ROWS * 5L);
        try (Unit unit = Unit.after(database, Afterwards.Person.class)) {
            assertThat(unit.job().verify().failed()).isZero();
            List<String> found = Objects.requireNonNull(unit.sessions()
                    .fromTransaction(
                            session -> session.createQuery("from Person p order by p.id", Afterwards.Person.class)
                                    .getResultStream()
                                    .map(person -> person.text().replace("later ", "ssn "))
                                    .toList()));
            assertThat(found)
                    .isEqualTo(LongStream.range(0, ROWS)
                            .mapToObj(id -> id + "|ssn " + id + "|tax " + id + "|{title " + id + "=note " + id
                                    + "}|[tag " + id + "]|[again " + id + ", remark " + id + "]")
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_copy_goes_on_beside_an_application_that_writes_both_attributes(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Copied.class)) {
            unit.persist(IntStream.range(0, ROWS).mapToObj(Copied::new).toList());
        }
        Counts counts;
        try (Unit unit = Unit.after(database, Copied.class);
                Beside beside = new Beside(number -> unit.sessions().inTransaction(session -> {
                    Copied row = session.find(Copied.class, new CopiedEntities.Key("ward", (int) number));
                    row.salary = row.salary.add(BigDecimal.ONE);
                    row.salaryEncrypted = row.salary;
                }))) {
            counts = killed(database, KilledWork.COPY);
            beside.stop();
        }
        assertThat(counts.scanned()).isEqualTo(ROWS);
        assertThat(counts.rewritten() + counts.alreadyCurrent() + counts.changedMeanwhile())
                .isEqualTo(ROWS);
        try (Unit unit = Unit.after(database, Copied.class)) {
            assertThat(unit.all(Copied.class))
                    .hasSize(ROWS)
                    .allSatisfy(row -> assertThat(row.salaryEncrypted).isEqualTo(row.salary));
        }
    }

    @ParameterizedTest
    @EnumSource
    void values_go_back_to_plaintext_and_each_is_counted_once(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Leaver.class)) {
            unit.persist(LongStream.range(0, ROWS)
                    .mapToObj(id -> new Leaver(id, "name " + id))
                    .toList());
            DecryptAllTest.widen(unit, kind);
        }
        Counts counts = killed(database, KilledWork.DECRYPT_ALL);
        assertThat(counts.rewritten()).isEqualTo(ROWS * 2L);
        assertThat(counts.nulls()).isEqualTo(ROWS * 3L);
        assertThat(counts.scanned()).isEqualTo(ROWS * 5L);
        try (Unit unit = DecryptAllTest.preparing(database, Leaver.class)) {
            assertThat(unit.raw("select name, tax from leaver order by id"))
                    .isEqualTo(LongStream.range(0, ROWS)
                            .mapToObj(id -> List.of("name " + id, "tax " + id))
                            .toList());
            assertThat(unit.job().census().ciphertexts()).isZero();
        }
    }

    /** @return what the journal counts over all attempts */
    private static Counts killed(TestDatabase.Fresh database, KilledWork work) throws Exception {
        Random random = new Random(SEED);
        int kills = 0;
        while (true) {
            try (JobProcess job = JobProcess.start(database, work, PAGE)) {
                if (kills < KILLS && job.awaitSteps(1 + random.nextInt(STEPS_AT_MOST))) {
                    job.kill();
                    kills++;
                    continue;
                }
                assertThat(job.awaitEnd()).as("%s", job.output()).isZero();
                assertThat(kills).isPositive();
                return JournalRows.byTable(database).values().stream().reduce(Counts.NONE, Counts::plus);
            }
        }
    }

    /** An application that changes a row now and then. */
    private static final class Beside implements AutoCloseable {

        private static final int PAUSE_IN_MILLIS = 20;

        private final Thread thread;
        private volatile boolean stopped;
        private volatile Throwable failure;
        private volatile int writes;

        Beside(LongConsumer change) {
            thread = new Thread(() -> {
                try {
                    while (!stopped) {
                        change.accept(ThreadLocalRandom.current().nextLong(ROWS));
                        writes++;
                        Thread.sleep(PAUSE_IN_MILLIS);
                    }
                } catch (InterruptedException | RuntimeException e) {
                    failure = e;
                }
            });
            thread.start();
        }

        void stop() throws InterruptedException {
            stopped = true;
            thread.join();
            assertThat(failure).isNull();
            assertThat(writes).isPositive();
        }

        @Override
        public void close() throws InterruptedException {
            stopped = true;
            thread.join();
        }
    }
}
