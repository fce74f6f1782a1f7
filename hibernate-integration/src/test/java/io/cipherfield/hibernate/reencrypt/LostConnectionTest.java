package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.when;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class LostConnectionTest {

    private static final int ROWS = 60;

    @ParameterizedTest
    @CsvSource({
        "H2, BEFORE_THE_COMMIT",
        "H2, BEHIND_THE_COMMIT",
        "POSTGRESQL, BEFORE_THE_COMMIT",
        "POSTGRESQL, BEHIND_THE_COMMIT",
        "MARIADB, BEFORE_THE_COMMIT",
        "MARIADB, BEHIND_THE_COMMIT"
    })
    void a_page_counts_once_whether_the_connection_was_lost_before_or_behind_its_commit(
            TestDatabase kind, FlakyDataSource.Lost lost) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            FlakyDataSource flaky = new FlakyDataSource(database, lost, 3);
            Report report =
                    unit.job().pageSize(5).connections(flaky.dataSource()).run();
            assertThat(flaky.losses()).isPositive();
            assertThat(report.end()).isEqualTo(Report.End.DONE);
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
            assertThat(report.scanned()).isEqualTo(2 * ROWS);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_page_whose_commit_is_in_doubt_is_looked_up_also_by_the_worker_that_takes_it_over(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            FlakyDataSource flaky = FlakyDataSource.losing(database, FlakyDataSource.Lost.BEHIND_THE_COMMIT, 2);
            List<String> notices = new CopyOnWriteArrayList<>();
            Report report = unit.job()
                    .pageSize(5)
                    .smallestRange(10)
                    .parallelism(2)
                    .connections(flaky.dataSource())
                    .patience(Duration.ofSeconds(5), Duration.ZERO)
                    .listener(new ReencryptionListener() {
                        @Override
                        public void progress(Progress progress) {
                            // The other worker still has most of its pages to do.
                            while (flaky.refusals() == 0) {
                                Thread.onSpinWait();
                            }
                        }

                        @Override
                        public void notice(String text) {
                            notices.add(text);
                        }
                    })
                    .run();
            assertThat(notices).anyMatch(text -> text.contains("one worker less"));
            assertThat(report.end()).isEqualTo(Report.End.DONE);
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
            assertThat(report.scanned()).isEqualTo(2 * ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_session_that_the_database_ended_is_replaced(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            AtomicInteger heard = new AtomicInteger();
            Report report = unit.job()
                    .pageSize(5)
                    .listener(progress -> {
                        if (heard.getAndIncrement() == 0) {
                            endSessions(kind, unit);
                        }
                    })
                    .run();
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
            assertThat(report.alreadyCurrent()).isZero();
        }
    }

    @Test
    void a_database_that_stays_away_ends_the_run_and_the_next_goes_on() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            FlakyDataSource always = new FlakyDataSource(database, FlakyDataSource.Lost.BEFORE_THE_COMMIT, 2);
            var source = always.dataSource();
            assertThatThrownBy(() -> unit.job()
                            .pageSize(5)
                            .connections(source)
                            .patience(Duration.ofMillis(100), Duration.ofMillis(300))
                            .leaseTime(Duration.ofSeconds(1))
                            .listener(progress -> {
                                reset(source);
                                try {
                                    when(source.getConnection()).thenThrow(new SQLException("refused", "08001"));
                                } catch (SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            })
                            .run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("08001");
            // Nobody could give the lease back, so it has to expire.
            Report report = null;
            while (report == null) {
                try {
                    report = unit.job().pageSize(5).run();
                } catch (ReencryptionException e) {
                    assertThat(e).hasMessageContaining("A run is under way");
                    Thread.sleep(50);
                }
            }
            assertThat(report.attempts()).isEqualTo(2);
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08S01", "57P01", "90121"})
    void what_only_another_connection_helps_against_is_known_by_its_state(String state) {
        assertThat(LostConnection.is(new SQLException("", state))).isTrue();
        SQLException batch = new SQLException("a batch", "HY000");
        batch.setNextException(new SQLException("", state));
        assertThat(LostConnection.is(batch)).isTrue();
    }

    @Test
    void what_is_wrong_with_a_statement_is_no_lost_connection() {
        for (String state : List.of("23505", "40001", "42703", "HY000", "55P03", "57014")) {
            assertThat(LostConnection.is(new SQLException("", state))).isFalse();
        }
        assertThat(LostConnection.is(new SQLException("without a state"))).isFalse();
        assertThat(LostConnection.is(new SQLRecoverableException("")))
                .as("as Oracle calls it")
                .isTrue();
    }

    private static void endSessions(TestDatabase kind, Unit unit) {
        switch (kind) {
            case POSTGRESQL ->
                unit.raw("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                        + " and pid <> pg_backend_pid()");
            case MARIADB ->
                unit.raw(
                                "select id from information_schema.processlist where db = database() and id <> connection_id()")
                        .forEach(session -> unit.execute("kill connection " + session.get(0)));
            case H2 ->
                unit.raw("select session_id from information_schema.sessions where session_id <> session_id()")
                        .forEach(session -> unit.raw("call abort_session(" + session.get(0) + ")"));
        }
    }

    private static void create(TestDatabase.Fresh database) {
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(LongStream.range(0, ROWS)
                    .mapToObj(id -> new Entities.Simple(id, "secret " + id, "other " + id))
                    .toList());
        }
    }
}
