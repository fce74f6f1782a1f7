package io.cipherfield.hibernate.internal.journal;

import static io.cipherfield.hibernate.internal.journal.Site.COVERED;
import static io.cipherfield.hibernate.internal.journal.Site.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A small job that dies before its first statement or commit, then before its second, and so on; the next one always brings it
 * to its end.
 */
@Timeout(300)
class CrashTest {

    private static final List<PlannedRange> RANGES =
            List.of(new PlannedRange("person", null, "2"), new PlannedRange("person", "2", null));

    @ParameterizedTest
    @EnumSource
    void counts_are_exact_wherever_a_job_dies(TestDatabase kind) throws Exception {
        try (Site site = new Site(kind)) {
            site.execute("create table person (id integer primary key, val integer)");
            boolean died = true;
            int step = 0;
            while (died) {
                step++;
                site.execute("delete from person", "insert into person values (1, 0), (2, 0), (3, 0), (4, 0)");
                died = dies(site, new Crash(step));
                if (died) {
                    site.expireIfAny();
                    assertThat(dies(site, new Crash(Integer.MAX_VALUE))).isFalse();
                }
                check(site, step);
                site.execute(
                        "drop table cipherfield_reencryption",
                        "drop table cipherfield_reencryption_range",
                        "drop table cipherfield_quarantine");
            }
            // Three tables, the row, the claim, the plan, four pages and the end, some statements each.
            assertThat(step).isGreaterThan(40);
        }
    }

    private static void check(Site site, int step) throws SQLException {
        Connection connection = site.connect();
        assertThat(Site.number(connection, "select sum(rows_read) from cipherfield_reencryption_range"))
                .as("rows, died at step %s", step)
                .isEqualTo(4);
        assertThat(Site.number(connection, "select sum(scanned) from cipherfield_reencryption_range"))
                .as("values, died at step %s", step)
                .isEqualTo(8);
        assertThat(Site.number(connection, "select count(*) from person where val = 1"))
                .as("rows that were written once, died at step %s", step)
                .isEqualTo(4);
        assertThat(Site.number(connection, "select count(*) from cipherfield_quarantine"))
                .as("quarantine, died at step %s", step)
                .isEqualTo(4);
        connection.rollback();
        connection.close();
    }

    private static boolean dies(Site site, Crash crash) throws Exception {
        Connection real = site.connect();
        try {
            job(site, crash.on(real));
            return false;
        } catch (Death e) {
            return true;
        } finally {
            real.rollback();
            real.close();
        }
    }

    private static void job(Site site, Connection connection) throws SQLException {
        Lease lease = site.claim(connection, "a job");
        if (lease.ranges(connection).isEmpty()) {
            lease.plan(connection, RANGES);
        }
        for (RangeProgress range : lease.ranges(connection)) {
            RangeProgress now = range;
            while (!now.done()) {
                int id = now.next() == null ? 1 : Integer.parseInt(now.next()) + 1;
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("update person set val = val + 1 where id = " + id);
                }
                lease.quarantine(connection, List.of(new Quarantined("person", "" + id, "ssn", null, "no key", null)));
                now = lease.advance(connection, now, "" + id, id % 2 == 0, counts(1));
                connection.commit();
            }
        }
        lease.finish(connection, COVERED);
    }

    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Counts the statements and commits of a connection, and dies before one of them; what comes after reaches no database. */
    private static final class Crash {

        private final int step;
        private int count;
        private boolean dead;

        Crash(int step) {
            this.step = step;
        }

        Connection on(Connection connection) {
            return proxy(Connection.class, connection);
        }

        private <T> T proxy(Class<T> type, T target) {
            return type.cast(Proxy.newProxyInstance(
                    CrashTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                        if (dead) {
                            throw new Death();
                        }
                        String name = method.getName();
                        if ((name.startsWith("execute") || name.equals("commit")) && ++count == step) {
                            dead = true;
                            throw new Death();
                        }
                        Object result;
                        try {
                            result = method.invoke(target, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (result instanceof PreparedStatement statement) {
                            return proxy(PreparedStatement.class, statement);
                        }
                        return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
                    }));
        }
    }
}
