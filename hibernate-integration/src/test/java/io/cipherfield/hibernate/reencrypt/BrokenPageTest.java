package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a page in its midst, while the application writes. */
@Timeout(180)
class BrokenPageTest {

    private static final int ROWS = 200;
    private static final int PAGE = 20;

    @ParameterizedTest
    @EnumSource
    void a_session_that_is_killed_in_mid_page_costs_no_row_and_no_write(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        AtomicInteger pages = new AtomicInteger();
        AtomicInteger cuts = new AtomicInteger();
        try (Writers writers = Writers.of(database, ROWS, failure -> false);
                Unit unit = Unit.after(database, Witness.ALL)) {
            writers.start(2, 1, 5);
            Report report = unit.job()
                    .pageSize(PAGE)
                    .connections(TappedConnections.of(database, (step, connection) -> {
                        if (TappedConnections.countsPage(step) && pages.incrementAndGet() % 3 == 0) {
                            endSession(database, connection);
                            cuts.incrementAndGet();
                        }
                    }))
                    .run();
            writers.stop();
            assertThat(cuts).hasValueGreaterThan(5);
            assertThat(report.end()).isEqualTo(Report.End.DONE);
            requireCounts(database);
            unit.job().run();
            writers.requireAllKept(database, Unit.NEW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_is_lost_again_while_the_job_looks_what_became_of_its_page_is_replaced_too(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        AtomicBoolean counted = new AtomicBoolean();
        AtomicInteger cuts = new AtomicInteger();
        try (Writers writers = Writers.of(database, ROWS, failure -> false);
                Unit unit = Unit.after(database, Witness.ALL)) {
            Report report = unit.job()
                    .pageSize(PAGE)
                    .connections(TappedConnections.of(database, (step, connection) -> {
                        counted.compareAndSet(false, TappedConnections.countsPage(step));
                        boolean commitsPage = step.equals(TappedConnections.COMMIT) && cuts.get() == 0;
                        boolean looks = step.contains("where id = ? and token = ?") && cuts.get() == 1;
                        if (counted.get() && (commitsPage || (looks && !TappedConnections.countsPage(step)))) {
                            endSession(database, connection);
                            cuts.incrementAndGet();
                        }
                    }))
                    .run();
            assertThat(cuts).hasValue(2);
            assertThat(report.end()).isEqualTo(Report.End.DONE);
            requireCounts(database);
            writers.requireAllKept(database, Unit.NEW);
        }
    }

    /** By the error that each database gives. */
    @ParameterizedTest
    @EnumSource
    void a_disk_that_is_full_ends_the_run_and_the_next_goes_on_where_it_was(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        AtomicInteger pages = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean();
        try (Writers writers = Writers.of(database, ROWS, failure -> false);
                Unit unit = Unit.after(database, Witness.ALL)) {
            writers.start(2, 1, 5);
            SQLException noSpace = noSpaceLeft(kind);
            assertThatThrownBy(() -> unit.job()
                            .pageSize(PAGE)
                            .leaseTime(Duration.ofSeconds(1))
                            .connections(TappedConnections.of(database, (step, connection) -> {
                                if (TappedConnections.countsPage(step) && pages.incrementAndGet() == 3) {
                                    full.set(true);
                                }
                                if (full.get() && writes(step)) {
                                    throw noSpace;
                                }
                            }))
                            .run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("SQLSTATE " + noSpace.getSQLState())
                    .hasMessageContaining("can be run again");
            assertThat(JournalRows.byTable(database).values().stream()
                            .mapToLong(Counts::rows)
                            .sum())
                    .isEqualTo(2 * PAGE);
            Report report = LateProcessTest.takeOver(unit);
            writers.stop();
            assertThat(report.attempts()).isEqualTo(2);
            requireCounts(database);
            unit.job().run();
            writers.requireAllKept(database, Unit.NEW);
        }
    }

    private static boolean writes(String step) {
        return !step.equals(TappedConnections.COMMIT)
                && !step.toLowerCase(Locale.ROOT).startsWith("select");
    }

    private static SQLException noSpaceLeft(TestDatabase kind) {
        return switch (kind) {
            case POSTGRESQL -> new SQLException("could not extend file: No space left on device", "53100");
            case MARIADB -> new SQLException("The table is full", "HY000", 1114);
            case H2 -> new SQLException("IO Exception: No space left on device", "90028", 90028);
        };
    }

    private static void requireCounts(TestDatabase.Fresh database) throws SQLException {
        var counts = JournalRows.byTable(database);
        assertThat(counts.get("untouched")).isEqualTo(new Counts(ROWS, 2 * ROWS, 2 * ROWS, 0, 0, 0, 0, 0, 0));
        assertThat(counts.get("updated").rows()).isEqualTo(ROWS);
        assertThat(counts.values())
                .allSatisfy(table -> assertThat(table.failed()).isZero());
    }

    private static void endSession(TestDatabase.Fresh database, Connection connection) throws SQLException {
        long session = switch (database.kind()) {
            case POSTGRESQL -> number(connection, "select pg_backend_pid()");
            case MARIADB -> number(connection, "select connection_id()");
            case H2 -> number(connection, "call session_id()");
        };
        try (Connection administrator = database.connect();
                Statement statement = administrator.createStatement()) {
            statement.execute(
                    switch (database.kind()) {
                        case POSTGRESQL -> "select pg_terminate_backend(" + session + ")";
                        case MARIADB -> "kill connection " + session;
                        case H2 -> "call abort_session(" + session + ")";
                    });
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
