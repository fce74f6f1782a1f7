package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class WorkersTest {

    private static final int ROWS = 40;
    private static final int VALUES = ROWS * (1 + 1 + 2);

    /** Renewed after a third of it: what is left is for a busy machine, before the other run that is to find it held. */
    private static final Duration LEASE = Duration.ofSeconds(4);

    private static final int CUTS = 8;
    private static final Class<?>[] ENTITIES = {Entities.Named.class, Entities.UuidKeyed.class, Entities.Simple.class};

    @ParameterizedTest
    @EnumSource
    void several_workers_are_at_several_tables_at_once_and_count_as_one(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, ENTITIES)) {
            Set<String> tables = ConcurrentHashMap.newKeySet();
            Report report = unit.job()
                    .connections(meeting(database, " limit 7", 3))
                    .parallelism(3)
                    .pageSize(7)
                    .listener(progress -> tables.add(progress.table()))
                    .run();
            assertThat(report.notes()).isEmpty();
            assertThat(report.scanned()).isEqualTo(VALUES);
            assertThat(report.rewritten()).isEqualTo(VALUES);
            assertThat(tables).hasSize(3);
            assertThat(unit.job().parallelism(3).verify().alreadyCurrent()).isEqualTo(VALUES);
            assertThat(unit.job().parallelism(3).dryRun().alreadyCurrent()).isEqualTo(VALUES);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void several_workers_are_at_one_table_at_once_and_a_stopped_run_goes_on_in_each_of_its_ranges(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, ENTITIES)) {
            ReencryptionControl control = new ReencryptionControl();
            Report stopped = unit.job()
                    .only(Entities.Named.class)
                    .connections(meeting(database, " limit 3", 2))
                    .smallestRange(8)
                    .parallelism(2)
                    .pageSize(3)
                    .control(control)
                    .listener(progress -> control.stop())
                    .run();
            assertThat(stopped.end()).isEqualTo(Report.End.STOPPED);
            assertThat(unit.raw("select table_name from cipherfield_reencryption_range"))
                    .hasSizeGreaterThan(2);
            Report report = unit.job()
                    .only(Entities.Named.class)
                    .parallelism(2)
                    .pageSize(3)
                    .run();
            assertThat(report.attempts()).isEqualTo(2);
            assertThat(report.rewritten()).isEqualTo(ROWS);
            assertThat(report.scanned()).isEqualTo(ROWS);
            assertThat(unit.job().verify().alreadyCurrent()).isEqualTo(ROWS);
        }
    }

    /** Connections of which none gets past its first page before so many have come to theirs. */
    private static DataSource meeting(TestDatabase.Fresh database, String page, int workers) throws SQLException {
        CountDownLatch allThere = new CountDownLatch(workers);
        DataSource source = mock(DataSource.class);
        when(source.getConnection()).thenAnswer(call -> {
            Connection real = database.connect();
            AtomicBoolean there = new AtomicBoolean();
            return Proxy.newProxyInstance(
                    WorkersTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")
                                && arguments[0].toString().endsWith(page)
                                && !there.getAndSet(true)) {
                            allThere.countDown();
                            assertThat(allThere.await(60, TimeUnit.SECONDS)).isTrue();
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        });
        return source;
    }

    @Test
    void a_pool_that_is_too_small_gives_fewer_workers_and_one_is_left_for_the_application() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database);
        try (Unit unit = Unit.after(database, ENTITIES);
                HikariDataSource pool = pool(database, 3)) {
            AtomicInteger mostUsed = new AtomicInteger();
            Report report = unit.job()
                    .connections(pool)
                    .parallelism(3)
                    .patience(Duration.ofMillis(400), Duration.ofSeconds(5))
                    .pageSize(7)
                    .listener(progress -> {
                        try (Connection applications = pool.getConnection()) {
                            assertThat(applications.isValid(1)).isTrue();
                            mostUsed.accumulateAndGet(pool.getHikariPoolMXBean().getActiveConnections(), Math::max);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .run();
            assertThat(report.rewritten()).isEqualTo(VALUES);
            assertThat(report.notes()).singleElement().asString().startsWith("It ran with 2 of 3 workers");
            assertThat(report.toText()).contains("It ran with 2 of 3 workers");
            assertThat(mostUsed.get()).isLessThanOrEqualTo(3);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void a_pool_of_one_is_enough_for_one_worker_and_its_lease() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database);
        try (Unit unit = Unit.after(database, ENTITIES);
                HikariDataSource pool = pool(database, 1)) {
            AtomicInteger pages = new AtomicInteger();
            Report report = unit.job()
                    .connections(pool)
                    .parallelism(4)
                    .patience(Duration.ofMillis(300), Duration.ofSeconds(5))
                    .leaseTime(Duration.ofSeconds(2))
                    .pageSize(4)
                    .listener(progress -> {
                        if (pages.getAndIncrement() == 1) {
                            // Longer than a third of the lease: the worker renews it, since nobody else can.
                            sleep(1_200);
                        }
                    })
                    .run();
            assertThat(report.rewritten()).isEqualTo(VALUES);
            assertThat(report.notes()).singleElement().asString().startsWith("It ran with 1 of 3 workers");
        }
    }

    @Test
    void a_pool_of_one_is_enough_to_keep_the_lease_through_a_pause() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database);
        try (Unit unit = Unit.after(database, ENTITIES);
                HikariDataSource pool = pool(database, 1)) {
            ReencryptionControl control = new ReencryptionControl();
            AtomicLong pausedAt = new AtomicLong();
            Report report = unit.job()
                    .connections(pool)
                    .patience(Duration.ofMillis(100), Duration.ofSeconds(5))
                    .leaseTime(LEASE)
                    .pageSize(4)
                    .control(control)
                    .listener(progress -> {
                        if (pausedAt.compareAndSet(0, System.nanoTime())) {
                            control.pause();
                        } else if (control.isPaused()
                                && System.nanoTime() - pausedAt.get()
                                        > LEASE.plusSeconds(1).toNanos()) {
                            assertThatThrownBy(() -> unit.job().run()).hasMessageContaining("A run is under way");
                            control.resume();
                        }
                    })
                    .run();
            assertThat(report.rewritten()).isEqualTo(VALUES);
            assertThat(report.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_pool_of_one_is_enough_to_keep_the_lease_while_ranges_are_cut(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, ENTITIES)) {
            AtomicInteger cuts = new AtomicInteger();
            AtomicBoolean used = new AtomicBoolean();
            DataSource tapped = TappedConnections.of(database, (step, connection) -> {
                if (isCut(step) && cuts.incrementAndGet() <= CUTS) {
                    // All together longer than the lease.
                    sleep(LEASE.plusSeconds(1).toMillis() / CUTS);
                    if (cuts.get() == CUTS) {
                        assertThatThrownBy(() -> unit.job().run()).hasMessageContaining("A run is under way");
                    }
                }
            });
            DataSource one = mock(DataSource.class);
            when(one.getConnection()).thenAnswer(call -> {
                if (used.getAndSet(true)) {
                    throw new SQLTransientConnectionException("none left", "08001");
                }
                return tapped.getConnection();
            });
            Report report = unit.job()
                    .connections(one)
                    .patience(Duration.ofMillis(100), Duration.ofSeconds(5))
                    .leaseTime(LEASE)
                    .smallestRange(4)
                    .pageSize(4)
                    .run();
            assertThat(cuts.get()).isGreaterThanOrEqualTo(CUTS);
            assertThat(report.rewritten()).isEqualTo(VALUES);
        }
    }

    private static boolean isCut(String step) {
        return step.startsWith("select ") && step.contains(" order by ") && step.contains("offset ");
    }

    @Test
    void what_one_worker_meets_ends_all_and_leaves_no_connection_behind() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database);
        try (Unit unit = Unit.after(database, ENTITIES);
                HikariDataSource pool = pool(database, 5)) {
            assertThatThrownBy(() -> unit.job()
                            .connections(pool)
                            .parallelism(3)
                            .pageSize(3)
                            .listener(progress -> {
                                if (progress.table().equals("named")) {
                                    throw new IllegalStateException("enough");
                                }
                            })
                            .run())
                    .hasMessage("enough");
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("cipherfield-worker") || name.startsWith("cipherfield-heart"));
            Report report = unit.job().parallelism(2).run();
            assertThat(report.attempts()).isEqualTo(2);
            assertThat(report.rewritten()).isEqualTo(VALUES);
        }
    }

    @Test
    void a_pool_that_blocks_for_ever_is_not_waited_for() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        ConnectionSource blocking = new ConnectionSource() {
            @Override
            public Connection obtain() throws SQLException {
                if (asked.getAndIncrement() > 0) {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new SQLException(e);
                    }
                }
                return database.connect();
            }

            @Override
            public void release(Connection connection) throws SQLException {
                connection.close();
            }
        };
        Connections connections =
                new Connections(blocking, DatabaseKind.H2, Duration.ofSeconds(1), Duration.ofMillis(100), () -> null);
        connections.open().close();
        assertThat(connections.openIfThereIsOne()).isNull();
        assertThat(connections.leaveOne()).isFalse();
        never.countDown();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HikariDataSource pool(TestDatabase.Fresh database, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }

    private static void create(TestDatabase.Fresh database) {
        try (Unit unit = Unit.before(database, ENTITIES)) {
            unit.persist(IntStream.range(0, ROWS)
                    .mapToObj(id -> new Entities.Named("key " + id, "secret " + id))
                    .toList());
            unit.persist(IntStream.range(0, ROWS)
                    .mapToObj(id -> new Entities.UuidKeyed(new UUID(id, id), "secret " + id))
                    .toList());
            unit.persist(IntStream.range(0, ROWS)
                    .mapToObj(id -> new Entities.Simple(id, "secret " + id, "other " + id))
                    .toList());
        }
    }
}
