package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class ConcurrencyTest {

    private static final int ROWS = 2_000;
    private static final String GONE = "gone";

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void what_the_application_writes_meanwhile_is_never_lost(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        Map<Long, String> lastWritten = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        // An instance that still encrypts under the old key while the job goes, as in a rolling deployment.
        try (Unit writing = Unit.start(
                        database,
                        "none",
                        CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)),
                        Entities.Simple.class);
                Unit unit = Unit.after(database, Entities.Simple.class)) {
            CountDownLatch begun = new CountDownLatch(2);
            Future<?> oldWriter = threads.submit(() -> write(writing, 0, lastWritten, writes, done, begun));
            Future<?> newWriter = threads.submit(() -> write(unit, 1, lastWritten, writes, done, begun));
            begun.await();
            for (int pass = 0; pass < 4; pass++) {
                Report report = unit.job().pageSize(200).run();
                assertThat(report.failures()).isEmpty();
            }
            done.set(true);
            oldWriter.get();
            newWriter.get();
            assertThat(writes.get()).isGreaterThan(20);

            Report last = unit.job().run();
            assertThat(last.failures()).isEmpty();
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            Map<Long, Entities.Simple> rows = new ConcurrentHashMap<>();
            unit.all(Entities.Simple.class).forEach(row -> rows.put(row.id, row));
            for (long id = 0; id < ROWS; id++) {
                String expected = lastWritten.getOrDefault(id, "initial " + id);
                if (expected.equals(GONE)) {
                    assertThat(rows).doesNotContainKey(id);
                } else {
                    assertThat(rows.get(id).secret).isEqualTo(expected);
                    assertThat(rows.get(id).other).isEqualTo("other " + id);
                }
            }
        }
    }

    private static void create(TestDatabase.Fresh database) {
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(LongStream.range(0, ROWS)
                    .mapToObj(id -> new Entities.Simple(id, "initial " + id, "other " + id))
                    .toList());
        }
    }

    /** Updates rows one by one and now and then deletes one; the two writers have rows of their own. */
    private static void write(
            Unit unit,
            int parity,
            Map<Long, String> lastWritten,
            AtomicInteger writes,
            AtomicBoolean done,
            CountDownLatch begun) {
        Random random = new Random(parity);
        while (!done.get()) {
            long id = random.nextInt(ROWS / 2) * 2L + parity;
            String value = random.nextInt(20) == 0 ? GONE : "written " + writes.incrementAndGet();
            boolean written = inTransaction(unit, id, value);
            if (written) {
                lastWritten.put(id, value);
            }
            begun.countDown();
        }
    }

    private static boolean inTransaction(Unit unit, long id, String value) {
        try {
            return unit.sessions().fromTransaction(session -> {
                Entities.Simple row = session.find(Entities.Simple.class, id);
                if (row == null) {
                    return false;
                }
                if (value.equals(GONE)) {
                    session.remove(row);
                } else {
                    row.secret = value;
                }
                return true;
            });
        } catch (PersistenceException e) {
            // The loser of a deadlock with the job: rolled back, so not written.
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_page_that_loses_a_deadlock_is_done_again(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        String table = kind == TestDatabase.MARIADB ? "`Order Line`" : "\"Order Line\"";
        try (Unit unit = Unit.after(database, Entities.Simple.class);
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // The other holds the last row, and asks for the first when the job holds that and waits for the last.
            statement.executeUpdate("update " + table + " set other = other where id = " + (ROWS - 1));
            if (kind == TestDatabase.MARIADB) {
                // Weighs more than the job's transaction, so that the job is the one to be rolled back.
                statement.execute("create table ballast (id int primary key)");
                statement.execute("create table not_undone (id int) engine = memory");
                other.commit();
                // The server spares whoever has changed what it cannot undo, as the job has with its temporary table.
                statement.executeUpdate("insert into not_undone values (1)");
                statement.executeUpdate("update " + table + " set other = other where id = " + (ROWS - 1));
                for (int i = 0; i < 3 * ROWS; i += 1000) {
                    StringBuilder values = new StringBuilder();
                    for (int n = i; n < i + 1000; n++) {
                        values.append(n == i ? "(" : ",(").append(n).append(')');
                    }
                    statement.executeUpdate("insert into ballast values " + values);
                }
            } else {
                statement.execute("set local deadlock_timeout = '60s'");
            }
            Future<Report> job = threads.submit(() -> unit.job().pageSize(ROWS).run());
            awaitWaiting(kind, database);
            statement.executeUpdate("update " + table + " set other = other where id = 0");
            other.commit();

            Report report = job.get();
            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten() + report.changedMeanwhile()).isEqualTo(2 * ROWS);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            assertThat(unit.all(Entities.Simple.class))
                    .allSatisfy(row -> assertThat(row.secret).isEqualTo("initial " + row.id));
            assertThat(deadlocks(kind, database)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_page_with_a_locked_row_lets_go_of_its_own_locks_and_is_done_again(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        String table = kind == TestDatabase.MARIADB ? "`Order Line`" : "\"Order Line\"";
        String limit =
                kind == TestDatabase.MARIADB ? "@@session.innodb_lock_wait_timeout" : "current_setting('lock_timeout')";
        HikariConfig onlyOne = new HikariConfig();
        onlyOne.setJdbcUrl(database.url());
        onlyOne.setUsername(database.user());
        onlyOne.setPassword(database.password());
        onlyOne.setMaximumPoolSize(1);
        onlyOne.setConnectionInitSql(
                kind == TestDatabase.MARIADB
                        ? "set session innodb_lock_wait_timeout = 37"
                        : "set session lock_timeout = '37s'");
        try (Unit unit = Unit.after(database, Entities.Simple.class);
                HikariDataSource pool = new HikariDataSource(onlyOne);
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("update " + table + " set other = other where id = 7");
            Reencryption reencryption = unit.job().connections(pool).lockTimeout(Duration.ofSeconds(1));
            Future<Report> job = threads.submit(reencryption::run);
            awaitWaiting(kind, database);
            while (number(database, waiting(kind)) > 0) {
                Thread.sleep(110);
            }
            assertThat(job).isNotDone();
            other.commit();

            Report report = job.get();
            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten() + report.changedMeanwhile()).isEqualTo(2 * ROWS);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            try (Connection returned = pool.getConnection();
                    Statement asking = returned.createStatement();
                    var rows = asking.executeQuery("select " + limit)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(kind == TestDatabase.MARIADB ? "37" : "37s");
            }
        }
    }

    private static String waiting(TestDatabase kind) {
        return kind == TestDatabase.MARIADB
                ? "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'"
                : "select count(*) from pg_locks where not granted";
    }

    private static void awaitWaiting(TestDatabase kind, TestDatabase.Fresh database) throws Exception {
        while (number(database, waiting(kind)) == 0) {
            // MariaDB shows what it saw last to whoever asks again within 100 ms, and would do so for ever.
            Thread.sleep(250);
        }
    }

    private static long deadlocks(TestDatabase kind, TestDatabase.Fresh database) throws Exception {
        if (kind == TestDatabase.MARIADB) {
            return number(
                    database,
                    "select variable_value from information_schema.global_status where variable_name = 'Innodb_deadlocks'");
        }
        // A backend that goes on hands in its statistics after a minute at the latest.
        for (int i = 0; i < 1200; i++) {
            long found = number(database, "select deadlocks from pg_stat_database where datname = current_database()");
            if (found > 0) {
                return found;
            }
            Thread.sleep(100);
        }
        return 0;
    }

    private static long number(TestDatabase.Fresh database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void an_interrupted_job_stops_between_pages_and_can_be_run_again() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            AtomicBoolean first = new AtomicBoolean(true);
            assertThatThrownBy(() -> unit.job()
                            .pageSize(100)
                            .listener(progress -> {
                                if (first.getAndSet(false)) {
                                    Thread.currentThread().interrupt();
                                }
                            })
                            .run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            Report report = unit.job().run();
            assertThat(report.attempts()).isEqualTo(2);
            assertThat(report.alreadyCurrent()).isZero();
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
        }
    }
}
