package io.cipherfield.hibernate.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantineTest {

    private static Quarantined value(String table, String key, String column, String reason) {
        return new Quarantined(table, key, column, "0a0b0c0d", reason, null);
    }

    private static void add(Lease lease, Connection connection, Quarantined... values) throws SQLException {
        lease.quarantine(connection, List.of(values));
        connection.commit();
    }

    @ParameterizedTest
    @EnumSource
    void a_value_is_recorded_once_however_often_it_fails(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = site.claim(connection, "one");
            Quarantined first = value("person", "1", "ssn", "no such key");
            Quarantined again = value("person", "1", "ssn", "does not decrypt");
            Quarantined withoutKey = new Quarantined("person", "2", "ssn", null, "no ciphertext", null);
            add(lease, connection, first, first);
            add(lease, connection, first, again, withoutKey);
            add(lease, connection);
            assertThat(lease.quarantined(connection, 10)).containsExactlyInAnyOrder(again, withoutKey);
            assertThat(lease.quarantined(connection, 1)).hasSize(1);
            lease.release(connection);
            Lease resumed = site.claim(connection, "two");
            add(resumed, connection, again);
            assertThat(resumed.quarantined(connection, 10)).hasSize(2);
        }
    }

    /** Longer than any index of the three databases can be, and different in what sloppy collations ignore. */
    @ParameterizedTest
    @EnumSource
    void long_keys_that_differ_a_little_are_different(TestDatabase kind) throws SQLException {
        String start = "k\u00e9\uD83D\uDD11'\"\\%_".repeat(512);
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = site.claim(connection, "one");
            Quarantined[] values = List.of("x", "X", "x ", " x", "\u00e9", "e", "e\u0301").stream()
                    .map(end -> value("person", start + end, "ssn", "no key"))
                    .toArray(Quarantined[]::new);
            add(lease, connection, values);
            assertThat(lease.quarantined(connection, 100)).containsExactlyInAnyOrder(values);

            lease.plan(connection, List.of(new PlannedRange("person", start + "a", start + "z")));
            RangeProgress range = lease.ranges(connection).get(0);
            assertThat(range.range()).isEqualTo(new PlannedRange("person", start + "a", start + "z"));
            lease.advance(connection, range, start + "X ", false, Counts.NONE);
            connection.commit();
            assertThat(lease.range(connection, 1).next()).isEqualTo(start + "X ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tables_and_columns_whose_names_run_together_are_different(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = site.claim(connection, "one");
            add(lease, connection, value("ab", "d", "c", ""), value("a", "d", "bc", ""), value("a", "cd", "b", ""));
            assertThat(lease.quarantined(connection, 10)).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_page_recorded_goes_with_the_page(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease lease = site.claim(connection, "one");
            lease.quarantine(connection, List.of(value("person", "1", "ssn", "no key")));
            connection.rollback();
            assertThat(lease.quarantined(connection, 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_later_run_finds_in_order_is_no_longer_recorded(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease first = site.claim(connection, "one");
            Quarantined stays = value("person", "1", "ssn", "no key");
            add(
                    first,
                    connection,
                    stays,
                    value("person", "2", "ssn", "no key"),
                    value("person", "2", "born", "no key"),
                    value("account", "2", "ssn", "no key"));
            first.finish(connection, Site.COVERED);
            assertThat(first.quarantined(connection, 10)).hasSize(4);

            Lease second = site.claim(connection, "two");
            assertThat(second.quarantined(connection, 10)).isEmpty();
            add(second, connection, stays);
            assertThat(Site.number(connection, "select count(*) from cipherfield_quarantine"))
                    .isEqualTo(4);
            connection.rollback();
            second.finish(connection, Map.of("person", List.of("ssn")));
            assertThat(second.quarantined(connection, 10)).containsExactly(stays);
            assertThat(
                            Site.number(
                                    connection,
                                    "select count(*) from cipherfield_quarantine where table_name = 'account' or column_name = 'born'"))
                    .isEqualTo(2);
            assertThat(Site.number(connection, "select count(*) from cipherfield_quarantine"))
                    .isEqualTo(3);
        }
    }
}
