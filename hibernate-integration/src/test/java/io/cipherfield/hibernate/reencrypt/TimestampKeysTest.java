package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MariaDB shows a {@code timestamp} as local time, of which one hour of the year comes twice. */
class TimestampKeysTest {

    /** 2024-10-27T01:00:00Z, when a zone with summer time goes from +02:00 to +01:00. */
    private static final long CHANGE = 1_729_990_800;

    @Entity(name = "Reading")
    @Table(name = "reading")
    static class Reading {
        @Id
        @Column(columnDefinition = "timestamp(6)")
        Instant at;

        @Column(columnDefinition = "timestamp(6) null on update current_timestamp(6)", insertable = false, updatable = false)
        Instant touched;

        @Encrypted
        String secret;
    }

    @Test
    void rows_of_the_hour_that_comes_twice_are_rewritten_once_each_and_other_timestamps_stay() {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        List<String> instants = new ArrayList<>();
        try (Unit unit = Unit.before(database, Reading.class)) {
            createZone(unit);
            unit.execute("alter table reading modify at timestamp(6) not null default '2000-01-01 00:00:00'");
            // Rows whose ciphertext Hibernate wrote, moved to each quarter of the three hours around the change.
            for (int quarter = 0; quarter < 12; quarter++) {
                Reading reading = new Reading();
                reading.at = Instant.ofEpochSecond(CHANGE - 5_400 + quarter * 900L);
                reading.secret = "quarter " + quarter;
                unit.persist(reading);
            }
            unit.execute("set time_zone = '+00:00'", "update reading set touched = at");
            assertThat(unit.raw("select at from reading")).hasSize(12);
        }
        TestDatabase.Fresh summer = new TestDatabase.Fresh(
                TestDatabase.MARIADB,
                database.url() + "?sessionVariables=time_zone='Test/Summer'",
                database.user(),
                database.password());
        try (Unit unit = Unit.after(summer, Reading.class)) {
            assertThat(unit.raw("select count(distinct date_format(at, '%T')) from reading").get(0))
                    .as("local times")
                    .containsExactly("8");
            String epochs = "select unix_timestamp(at), unix_timestamp(touched), 1 from reading order by unix_timestamp(at)";
            List<List<String>> before = unit.raw(epochs);

            Report report = unit.job().pageSize(5).run();

            assertThat(report.rewritten()).isEqualTo(12);
            assertThat(report.failures()).isEmpty();
            assertThat(unit.job().run().alreadyCurrent()).isEqualTo(12);
            assertThat(unit.raw(epochs)).isEqualTo(before);
            assertThat(before).allSatisfy(row -> assertThat(row.get(0)).isEqualTo(row.get(1)));
            assertThat(unit.sessions()
                            .<String>fromTransaction(session -> session.createNativeQuery(
                                            "select @@session.time_zone", String.class)
                                    .getSingleResult()))
                    .isEqualTo("Test/Summer");
        }
    }

    /** The embedded server has no zones but its own. */
    private static void createZone(Unit unit) {
        unit.execute(
                "insert into mysql.time_zone (Time_zone_id, Use_leap_seconds) values (9001, 'N')",
                "insert into mysql.time_zone_name (Name, Time_zone_id) values ('Test/Summer', 9001)",
                "insert into mysql.time_zone_transition_type (Time_zone_id, Transition_type_id, `Offset`, Is_DST,"
                        + " Abbreviation) values (9001, 0, 7200, 1, 'S'), (9001, 1, 3600, 0, 'W')",
                "insert into mysql.time_zone_transition (Time_zone_id, Transition_time, Transition_type_id) values"
                        + " (9001, 1700000000, 0), (9001, " + CHANGE + ", 1)");
    }
}
