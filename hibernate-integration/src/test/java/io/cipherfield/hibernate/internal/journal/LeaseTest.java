package io.cipherfield.hibernate.internal.journal;

import static io.cipherfield.hibernate.internal.journal.Site.COVERED;
import static io.cipherfield.hibernate.internal.journal.Site.DEFINITION;
import static io.cipherfield.hibernate.internal.journal.Site.LONG;
import static io.cipherfield.hibernate.internal.journal.Site.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class LeaseTest {

    private static final List<PlannedRange> RANGES =
            List.of(new PlannedRange("person", null, "m"), new PlannedRange("person", "m", null));

    @ParameterizedTest
    @EnumSource
    void pages_that_the_database_has_lost_are_told_from_those_of_another_worker(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = site.claim(connection, "one");
            lease.plan(connection, RANGES);
            RangeProgress begun = lease.ranges(connection).get(0);
            RangeProgress lost = lease.advance(connection, begun, "c", false, counts(1));
            connection.rollback();
            assertThatThrownBy(() -> lease.advance(connection, lost, "d", false, counts(1)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("1 pages of table person that were committed are not there any more")
                    .hasMessageContaining("start it again");
            lease.advance(connection, begun, "c", false, counts(1));
            connection.commit();
            assertThatThrownBy(() -> lease.advance(connection, begun, "c", false, counts(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("counted by another worker");
            connection.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_is_planned_advanced_and_finished(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = site.claim(connection, "one");
            assertThat(lease.resumed()).isFalse();
            assertThat(lease.attempts()).isEqualTo(1);
            assertThat(lease.replaced()).isNull();
            assertThat(lease.ranges(connection)).isEmpty();
            lease.plan(connection, RANGES);
            List<RangeProgress> planned = lease.ranges(connection);
            assertThat(planned).extracting(RangeProgress::range).isEqualTo(RANGES);
            assertThat(planned).allSatisfy(range -> {
                assertThat(range.done()).isFalse();
                assertThat(range.reached()).isNull();
                assertThat(range.counts()).isEqualTo(Counts.NONE);
                assertThat(range.next()).isEqualTo(range.range().after());
            });

            RangeProgress first = planned.get(0);
            Counts delta = new Counts(1, 2, 3, 4, 5, 6, 7, 8, 9);
            RangeProgress page = lease.advance(connection, first, "c", false, delta);
            connection.commit();
            assertThat(page).isEqualTo(lease.range(connection, first.id()));
            assertThat(page.next()).isEqualTo("c");
            assertThat(page.counts()).isEqualTo(delta);
            assertThatThrownBy(() -> lease.finish(connection, COVERED))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("2 ranges that were committed as done are not");

            RangeProgress last = lease.advance(connection, page, null, true, delta);
            assertThat(last.reached()).isEqualTo("c");
            assertThat(last.counts()).isEqualTo(new Counts(2, 4, 6, 8, 10, 12, 14, 16, 18));
            lease.advance(connection, planned.get(1), "z", true, counts(1));
            connection.commit();
            assertThat(lease.ranges(connection)).contains(last);
            lease.finish(connection, COVERED);
            assertThatThrownBy(() -> lease.renew(connection)).isInstanceOf(LeaseLostException.class);

            Lease next = site.claim(connection, "two");
            assertThat(next.resumed()).isFalse();
            assertThat(next.replaced()).isNull();
            assertThat(next.token()).isGreaterThan(lease.token());
            assertThat(next.ranges(connection)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_second_process_is_told_who_runs(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Lease lease = site.claim(site.connect(), "job 17 on host-a");
            Connection other = site.connect();
            assertThatThrownBy(() -> site.claim(other, "job 18"))
                    .isInstanceOfSatisfying(LeaseHeldException.class, held -> {
                        assertThat(held.owner()).isEqualTo("job 17 on host-a");
                        assertThat(held.expires()).isAfter(lease.startedAt());
                    })
                    .hasMessageContaining("job 17 on host-a")
                    .hasMessageContaining("cipherfield_reencryption");
            RunDefinition different = new RunDefinition("RUN", "0e0e0e0e", "aes-siv", "", "", "columns");
            assertThatThrownBy(() -> site.journal.claim(other, different, "job 18", LONG))
                    .isInstanceOf(LeaseHeldException.class);
            lease.renew(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_processes_that_claim_at_the_same_instant_one_wins(TestDatabase kind) throws Exception {
        int processes = 4;
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        try (Site site = new Site(kind)) {
            List<Connection> connections = List.of(site.connect(), site.connect(), site.connect(), site.connect());
            // Without tables, with a row, and over a dead run.
            for (int round = 0; round < 6; round++) {
                CyclicBarrier start = new CyclicBarrier(processes);
                List<Future<Lease>> claims = connections.stream()
                        .map(connection -> threads.submit((Callable<Lease>) () -> {
                            start.await();
                            return site.claim(connection, "one of them");
                        }))
                        .toList();
                List<Lease> won = new ArrayList<>();
                for (Future<Lease> claim : claims) {
                    try {
                        won.add(claim.get());
                    } catch (ExecutionException e) {
                        assertThat(e).hasCauseInstanceOf(LeaseHeldException.class);
                    }
                }
                assertThat(won).hasSize(1);
                assertThat(won.get(0).token()).isEqualTo(round + 1);
                if (round % 2 == 0) {
                    won.get(0).release(connections.get(0));
                } else {
                    site.expire();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_dead_process_is_taken_over_when_its_lease_has_expired_and_its_counts_go_on(TestDatabase kind)
            throws SQLException {
        try (Site site = new Site(kind)) {
            Connection dead = site.connect();
            Lease first = site.claim(dead, "one");
            first.plan(dead, RANGES);
            RangeProgress range = first.ranges(dead).get(0);
            first.advance(dead, range, "c", false, counts(10));
            dead.commit();
            dead.close();
            site.expire();

            Connection connection = site.connect();
            Lease second = site.claim(connection, "two");
            assertThat(second.resumed()).isTrue();
            assertThat(second.attempts()).isEqualTo(2);
            assertThat(second.startedAt()).isEqualTo(first.startedAt());
            RangeProgress found = second.ranges(connection).get(0);
            assertThat(found.next()).isEqualTo("c");
            second.advance(connection, found, "m", true, counts(5));
            connection.commit();
            assertThat(second.range(connection, found.id()).counts()).isEqualTo(counts(15));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_released_run_goes_on_at_once(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease first = site.claim(connection, "one");
            first.plan(connection, RANGES);
            first.release(connection);
            Lease second = site.claim(connection, "two");
            assertThat(second.resumed()).isTrue();
            assertThat(second.ranges(connection)).hasSize(2);
            assertThatThrownBy(() -> first.release(connection)).isInstanceOf(LeaseLostException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_of_another_definition_replaces_the_unfinished_one_and_says_so(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease first = site.claim(connection, "one");
            first.plan(connection, RANGES);
            RangeProgress range = first.ranges(connection).get(0);
            first.advance(connection, range, "m", true, counts(1));
            connection.commit();
            first.release(connection);

            RunDefinition other = new RunDefinition("RUN", "0e0f0e0f", "aes-siv", "0a0b0c0d", "", "other columns");
            Lease second = site.journal.claim(connection, other, "two", LONG);
            assertThat(second.resumed()).isFalse();
            assertThat(second.attempts()).isEqualTo(1);
            assertThat(second.startedAt()).isAfterOrEqualTo(first.startedAt());
            assertThat(second.ranges(connection)).isEmpty();
            assertThat(second.replaced())
                    .contains("by one", "1 of 2 ranges done", "0a0b0c0d, now 0e0f0e0f", "all, now 0a0b0c0d")
                    .contains("encrypted columns")
                    .doesNotContain("suite");
            assertThatThrownBy(() -> first.advance(connection, range, "x", false, Counts.NONE))
                    .isInstanceOf(LeaseLostException.class);
            connection.rollback();
            second.plan(connection, RANGES);
            assertThatThrownBy(() -> first.advance(connection, range, "x", false, Counts.NONE))
                    .isInstanceOf(LeaseLostException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_heartbeat_keeps_the_lease_and_a_late_one_learns_that_it_is_lost(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease first = site.claim(connection, "one");
            site.expire();
            first.renew(connection);
            Connection other = site.connect();
            assertThatThrownBy(() -> site.claim(other, "two")).isInstanceOf(LeaseHeldException.class);
            site.expire();
            Lease second = site.claim(other, "two");
            assertThatThrownBy(() -> first.renew(connection))
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining("token 1");
            assertThatThrownBy(() -> first.plan(connection, RANGES)).isInstanceOf(LeaseLostException.class);
            assertThatThrownBy(() -> first.finish(connection, Map.of())).isInstanceOf(LeaseLostException.class);
            second.renew(other);
        }
    }

    /** The server's sessions take the zone from the JVM; the clock itself is never asked, as the architecture test sees to. */
    @ParameterizedTest
    @EnumSource
    void processes_in_time_zones_a_day_apart_agree_on_a_lease_of_minutes(TestDatabase kind) throws SQLException {
        TimeZone before = TimeZone.getDefault();
        Duration minutes = Duration.ofMinutes(10);
        try (Site site = new Site(kind)) {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Connection east = site.connect();
            Lease lease = site.journal.claim(east, DEFINITION, "east", minutes);
            Instant started = lease.startedAt();
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Pago_Pago"));
            Connection west = site.connect();
            assertThatThrownBy(() -> site.journal.claim(west, DEFINITION, "west", minutes))
                    .isInstanceOfSatisfying(
                            LeaseHeldException.class,
                            held -> assertThat(held.expires())
                                    .isBetween(
                                            started.plus(minutes),
                                            started.plus(minutes).plusSeconds(120)));
            lease.renew(west);
            site.expire();
            assertThat(site.journal.claim(west, DEFINITION, "west", minutes).startedAt())
                    .isEqualTo(started);
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThatThrownBy(() -> site.journal.claim(east, DEFINITION, "east", minutes))
                    .isInstanceOf(LeaseHeldException.class);
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
