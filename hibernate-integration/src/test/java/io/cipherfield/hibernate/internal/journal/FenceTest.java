package io.cipherfield.hibernate.internal.journal;

import static io.cipherfield.hibernate.internal.journal.Site.DATA;
import static io.cipherfield.hibernate.internal.journal.Site.DEFINITION;
import static io.cipherfield.hibernate.internal.journal.Site.LONG;
import static io.cipherfield.hibernate.internal.journal.Site.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of a process that was taken for dead, and pages of several workers: each row of data stands for a page's writes. */
@Timeout(180)
class FenceTest {

    private static final int WORKERS = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static Lease started(Site site, Connection connection) throws SQLException {
        site.execute("create table data (id integer primary key, val integer)");
        for (int id = 0; id < WORKERS; id++) {
            site.execute("insert into data values (" + id + ", 0)");
        }
        Lease lease = site.claim(connection, "the first");
        lease.plan(
                connection,
                IntStream.range(0, WORKERS)
                        .mapToObj(i -> new PlannedRange("data", Integer.toString(i), Integer.toString(i + 1)))
                        .toList());
        return lease;
    }

    private static void write(Connection connection, int id, int value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update data set val = " + value + " where id = " + id);
        }
    }

    private static long sum(Connection connection) throws SQLException {
        return Site.number(connection, "select sum(val) from data");
    }

    @ParameterizedTest
    @EnumSource
    void the_page_of_a_zombie_is_rolled_back_with_its_data(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection zombie = site.connect();
            Lease first = started(site, zombie);
            RangeProgress range = first.ranges(zombie).get(0);
            write(zombie, 0, 1); // its transaction is open while the run is taken over
            site.expire();
            Connection connection = site.connect();
            Lease second = site.claim(connection, "the second");

            assertThatThrownBy(() -> first.advance(zombie, range, "0", false, counts(1)))
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining("rolled back");
            zombie.rollback();
            assertThat(sum(connection)).isZero();
            write(connection, 0, 2);
            second.advance(connection, second.range(connection, range.id()), "0", false, counts(1));
            connection.commit();
            assertThat(second.range(connection, range.id()).counts()).isEqualTo(counts(1));
            assertThatThrownBy(() -> first.range(zombie, range.id())).isInstanceOf(LeaseLostException.class);
            assertThat(first.ranges(zombie)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_page_that_has_counted_itself_is_waited_for_and_then_seen(TestDatabase kind) throws Exception {
        try (Site site = new Site(kind)) {
            Connection late = site.connect();
            Lease first = started(site, late);
            RangeProgress range = first.ranges(late).get(0);
            site.expire();
            write(late, 0, 1);
            first.advance(late, range, "0", false, counts(1));
            Connection connection = site.connect();
            Future<Lease> takeover = threads.submit(() -> site.claim(connection, "the second"));
            Waiting.untilBlocked(kind, site);
            assertThat(takeover).isNotDone();
            late.commit();
            Lease second = takeover.get();
            RangeProgress found = second.range(connection, range.id());
            assertThat(found.reached()).isEqualTo("0");
            assertThat(found.counts()).isEqualTo(counts(1));
            assertThat(sum(connection)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_takeover_gives_up_on_a_page_that_does_not_end_and_says_what_holds_it(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection hung = site.connect();
            Lease first = started(site, hung);
            first.advance(hung, first.ranges(hung).get(0), "0", false, counts(1));
            site.expire();
            Connection connection = site.connect();
            if (kind == TestDatabase.H2) {
                Site.waitForLocks(connection, 500);
            }
            assertThatThrownBy(() -> site.claim(connection, "the second"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("cipherfield_reencryption_range")
                    .hasMessageContaining("Held by: session " + session(kind, hung))
                    .satisfies(e -> assertThat(e.getMessage()).containsIgnoringCase("user " + site.database.user()));
            hung.rollback();
            Lease second = site.claim(connection, "the second");
            assertThat(second.token()).isEqualTo(2);
            assertThat(second.attempts()).isEqualTo(2);
        }
    }

    private static long session(TestDatabase kind, Connection connection) throws SQLException {
        return Site.number(
                connection,
                switch (kind) {
                    case H2 -> "select session_id()";
                    case POSTGRESQL -> "select pg_backend_pid()";
                    case MARIADB -> "select connection_id()";
                });
    }

    /** H2 has no such limit; its sessions end with their process. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void the_locks_of_a_process_that_hangs_are_ended_by_the_database(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection hung = site.connect();
            Lease first = started(site, hung);
            IdleTransactionLimit limit = site.journal.idleLimit(Duration.ofSeconds(3));
            limit.startSession(hung);
            RangeProgress range = first.ranges(hung).get(0);
            site.expire();
            limit.startTransaction(hung);
            write(hung, 0, 1);
            first.advance(hung, range, "0", false, counts(1));
            Connection connection = site.connect();
            Lease second = site.claim(connection, "the second");
            assertThat(second.ranges(connection).get(0).counts()).isEqualTo(Counts.NONE);
            assertThat(sum(connection)).isZero();
            assertThatThrownBy(hung::commit).isInstanceOf(SQLException.class);
            hung.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_pool_gets_its_limit_back_and_a_shorter_one_stays(TestDatabase kind) throws SQLException {
        String variable =
                kind == TestDatabase.POSTGRESQL ? "idle_in_transaction_session_timeout" : "idle_transaction_timeout";
        String query = kind == TestDatabase.POSTGRESQL
                ? "select setting from pg_settings where name = '" + variable + "'"
                : "select @@session." + variable;
        int second = kind == TestDatabase.POSTGRESQL ? 1_000 : 1;
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            for (int before : new int[] {0, 5, 50}) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set session " + variable + " = " + before * second);
                }
                connection.commit();
                IdleTransactionLimit limit = site.journal.idleLimit(Duration.ofSeconds(20));
                limit.startSession(connection);
                connection.commit();
                limit.startTransaction(connection);
                assertThat(Site.number(connection, query)).isEqualTo((before == 5 ? 5L : 20L) * second);
                connection.rollback();
                limit.restoreSession(connection);
                assertThat(Site.number(connection, query)).isEqualTo((long) before * second);
                connection.commit();
            }
        }
    }

    /** Every worker holds the lock of its range until all have theirs; if they met, this would end in a time-out of locks. */
    @ParameterizedTest
    @EnumSource
    void workers_advance_their_ranges_without_waiting_for_each_other_or_for_the_heartbeat(TestDatabase kind)
            throws SQLException {
        try (Site site = new Site(kind)) {
            Connection heartbeat = site.connect();
            Lease lease = started(site, heartbeat);
            List<RangeProgress> ranges = lease.ranges(heartbeat);
            List<Connection> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                Connection worker = site.connect();
                workers.add(worker);
                write(worker, i, 1);
                lease.quarantine(worker, List.of(new Quarantined("data", "" + i, "val", null, "not readable", null)));
                lease.advance(worker, ranges.get(i), "" + i, true, counts(i));
                lease.renew(heartbeat);
            }
            for (Connection worker : workers) {
                worker.commit();
            }
            assertThat(sum(heartbeat)).isEqualTo(WORKERS);
            heartbeat.commit();
            assertThat(lease.quarantined(heartbeat, 100)).hasSize(WORKERS);
            assertThat(lease.ranges(heartbeat)).allMatch(RangeProgress::done);
        }
    }

    /** A worker whose commit failed without an answer must look, not guess. */
    @ParameterizedTest
    @EnumSource
    void a_page_is_counted_once_whatever_its_worker_believes(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = started(site, connection);
            RangeProgress before = lease.ranges(connection).get(0);
            lease.advance(connection, before, "0", false, counts(1));
            connection.commit();
            assertThatThrownBy(() -> lease.advance(connection, before, "0", false, counts(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("1 pages, this one began with 0");
            connection.rollback();
            RangeProgress now = lease.range(connection, before.id());
            assertThat(now.counts()).isEqualTo(counts(1));
            lease.advance(connection, now, "1", true, counts(1));
            connection.commit();
            RangeProgress done = lease.range(connection, before.id());
            assertThatThrownBy(() -> lease.advance(connection, done, "1", true, counts(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is done");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_page_that_would_commit_by_itself_is_refused(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = started(site, connection);
            RangeProgress range = lease.ranges(connection).get(0);
            connection.setAutoCommit(true);
            assertThatThrownBy(() -> lease.advance(connection, range, "0", false, counts(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> lease.quarantine(connection, List.of())).isInstanceOf(IllegalStateException.class);
            lease.renew(connection);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(lease.range(connection, range.id())).isEqualTo(range);
            assertThatThrownBy(() -> site.journal.claim(connection, DEFINITION, DATA, "other", LONG))
                    .isInstanceOf(LeaseHeldException.class);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_attempts_never_both_commit_a_page(TestDatabase kind) throws Exception {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            started(site, connection).release(connection);
            for (int round = 1; round <= 20; round++) {
                Lease first = site.claim(connection, "first");
                RangeProgress range = first.ranges(connection).get(0);
                site.expire();
                Connection zombie = site.connect();
                int value = round;
                Future<?> page = threads.submit(() -> {
                    write(zombie, 0, value);
                    first.advance(zombie, range, "x", false, counts(1));
                    zombie.commit();
                    return null;
                });
                Lease second = site.claim(connection, "second");
                boolean committed = true;
                try {
                    page.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(LeaseLostException.class);
                    zombie.rollback();
                    committed = false;
                }
                RangeProgress now = second.range(connection, range.id());
                assertThat(now.pages()).isEqualTo(range.pages() + (committed ? 1 : 0));
                assertThat(Site.number(connection, "select val from data where id = 0") == round)
                        .isEqualTo(committed);
                connection.commit();
                second.release(connection);
            }
        }
    }
}
