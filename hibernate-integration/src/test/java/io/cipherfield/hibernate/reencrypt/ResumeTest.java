package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that ended early goes on where it was, and counts as one. */
@Timeout(180)
class ResumeTest {

    private static final int ROWS = 100;

    @ParameterizedTest
    @EnumSource
    void a_stopped_run_goes_on_where_it_was_and_rewrites_no_row_twice(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            ReencryptionControl control = new ReencryptionControl();
            Report first = unit.job()
                    .pageSize(10)
                    .control(control)
                    .listener(progress -> control.stop())
                    .run();
            assertThat(first.end()).isEqualTo(Report.End.STOPPED);
            assertThat(first.successful()).isFalse();
            assertThat(first.rewritten()).isEqualTo(20);
            assertThat(first.toText()).contains("stopped before all was done");
            Map<String, String> done = stored(unit, kind);
            long rewritten = unit.job().census().remaining(Unit.NEW.id());

            Report second = unit.job().pageSize(10).run();

            assertThat(rewritten).isEqualTo(20);
            assertThat(second.end()).isEqualTo(Report.End.DONE);
            assertThat(second.attempts()).isEqualTo(2);
            assertThat(second.scanned()).isEqualTo(2 * ROWS);
            assertThat(second.rewritten()).isEqualTo(2 * ROWS);
            assertThat(second.alreadyCurrent()).isZero();
            assertThat(second.toText()).contains("the counts are of all 2 attempts");
            Map<String, String> after = stored(unit, kind);
            for (long id = 0; id < 10; id++) {
                assertThat(after.get("" + id)).isEqualTo(done.get("" + id));
            }
            assertThat(after.get("10")).isNotEqualTo(done.get("10"));
            Report third = unit.job().run();
            assertThat(third.attempts()).isEqualTo(1);
            assertThat(third.alreadyCurrent()).isEqualTo(2 * ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_that_failed_goes_on_where_it_was(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> unit.job()
                                .pageSize(10)
                                .listener(progress -> {
                                    throw new IllegalStateException("the listener broke");
                                })
                                .run())
                        .hasMessage("the listener broke");
            }
            Report report = unit.job().pageSize(7).run();
            assertThat(report.attempts()).isEqualTo(4);
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_to_other_settings_begins_anew_and_says_so(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            stopAfterAPage(unit);
            Report other = unit.job().only(Entities.Simple.class, "other").run();
            assertThat(other.attempts()).isEqualTo(1);
            assertThat(other.scanned()).isEqualTo(ROWS);
            assertThat(other.alreadyCurrent()).isEqualTo(10);
            assertThat(other.notes()).singleElement().asString().contains("unfinished run of other settings");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_that_came_behind_the_progress_are_found(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            stopAfterAPage(unit);
            try (Unit old = Unit.start(
                    database,
                    "none",
                    CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)),
                    Entities.Simple.class)) {
                old.persist(new Entities.Simple(5_000, "late", "late"));
            }
            assertThat(unit.job().run().rewritten()).isEqualTo(2 * ROWS + 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_runs_at_once_are_refused_but_looking_is_not(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            AtomicInteger refused = new AtomicInteger();
            Report report = unit.job()
                    .pageSize(20)
                    .listener(progress -> {
                        if (refused.getAndIncrement() == 0) {
                            assertThatThrownBy(() -> unit.job().run())
                                    .isInstanceOf(ReencryptionException.class)
                                    .hasMessageContaining("A run is under way: process ");
                            assertThat(unit.job().verify().scanned()).isEqualTo(2 * ROWS);
                        }
                    })
                    .run();
            assertThat(refused).hasPositiveValue();
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void verify_and_dry_run_leave_no_table_behind(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            unit.job().verify();
            unit.job().dryRun();
            assertThatThrownBy(() -> unit.raw("select * from cipherfield_reencryption"))
                    .isInstanceOf(IllegalStateException.class);
            unit.job().run();
            assertThat(unit.raw("select * from cipherfield_reencryption where id > 0"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_tables_can_be_made_beforehand_under_another_name(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            Reencryption job = unit.job().progressTable("rotation_progress");
            unit.execute(job.progressTableDdl().toArray(String[]::new));
            assertThat(job.run().rewritten()).isEqualTo(2 * ROWS);
            assertThat(unit.raw("select * from rotation_progress where id > 0")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void applications_with_tables_of_their_own_keep_out_of_each_others_way(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "secret"), new Entities.Named("b", "secret"));
        }
        try (Unit simple = Unit.after(database, Entities.Simple.class);
                Unit named = Unit.after(database, Entities.Named.class)) {
            stopAfterAPage(named.job().pageSize(1));
            AtomicInteger pages = new AtomicInteger();
            Report report = simple.job()
                    .pageSize(40)
                    .listener(progress -> {
                        if (pages.getAndIncrement() == 0) {
                            // While the other application's run is under way.
                            Report meanwhile = named.job().run();
                            assertThat(meanwhile.attempts()).isEqualTo(2);
                            assertThat(meanwhile.rewritten()).isEqualTo(2);
                            assertThat(meanwhile.notes()).isEmpty();
                        }
                    })
                    .run();
            assertThat(report.rewritten()).isEqualTo(2 * ROWS);
            assertThat(report.attempts()).isEqualTo(1);
            assertThat(report.notes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void schemas_that_share_a_progress_table_keep_their_progress_and_their_failures_each(TestDatabase kind) {
        TestDatabase.Fresh first = kind.fresh();
        create(first);
        TestDatabase.Fresh second = otherSchema(first);
        create(second);
        String shared =
                kind == TestDatabase.MARIADB ? databaseOf(first) + ".shared_progress" : "public.shared_progress";
        try (Unit one = Unit.after(first, Entities.Simple.class);
                Unit two = Unit.after(second, Entities.Simple.class)) {
            breakTheLast(one, kind);
            breakTheLast(two, kind);
            stopAfterAPage(one.job().progressTable(shared).pageSize(10));
            stopAfterAPage(two.job().progressTable(shared).pageSize(10));
            Report ofOne = one.job().progressTable(shared).run();
            Report ofTwo = two.job().progressTable(shared).run();

            for (Report report : List.of(ofOne, ofTwo)) {
                assertThat(report.attempts()).isEqualTo(2);
                assertThat(report.rewritten()).isEqualTo(2 * ROWS - 1);
                assertThat(report.failed()).isEqualTo(1);
                assertThat(report.notes()).isEmpty();
            }
            assertThat(one.raw("select * from " + shared + "_quarantine")).hasSize(2);
        }
    }

    private static void breakTheLast(Unit unit, TestDatabase kind) {
        String quoted = "update \"Order Line\" set \"Secret Value\" = concat(\"Secret Value\", 'AAAA') where id = "
                + (ROWS - 1);
        unit.execute(kind == TestDatabase.MARIADB ? quoted.replace('"', '`') : quoted);
    }

    private static TestDatabase.Fresh otherSchema(TestDatabase.Fresh database) {
        if (database.kind() == TestDatabase.MARIADB) {
            return database.kind().fresh();
        }
        try (Unit unit = Unit.after(database)) {
            unit.execute("create schema cf_other");
        }
        String url = database.url();
        String schema = database.kind() == TestDatabase.H2
                ? ";SCHEMA=cf_other"
                : (url.contains("?") ? "&" : "?") + "currentSchema=cf_other";
        return new TestDatabase.Fresh(database.kind(), url + schema, database.user(), database.password());
    }

    private static String databaseOf(TestDatabase.Fresh mariadb) {
        try (Unit unit = Unit.after(mariadb)) {
            return unit.raw("select database()").get(0).get(0);
        }
    }

    private static void stopAfterAPage(Unit unit) {
        stopAfterAPage(unit.job().pageSize(10));
    }

    private static void stopAfterAPage(Reencryption job) {
        ReencryptionControl control = new ReencryptionControl();
        assertThat(job.control(control)
                        .listener(progress -> control.stop())
                        .run()
                        .end())
                .isEqualTo(Report.End.STOPPED);
    }

    private static void create(TestDatabase.Fresh database) {
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(LongStream.range(0, ROWS)
                    .mapToObj(id -> new Entities.Simple(id, "secret " + id, "other " + id))
                    .toList());
        }
    }

    private static Map<String, String> stored(Unit unit, TestDatabase kind) {
        String sql = kind == TestDatabase.MARIADB
                ? "select id, `Secret Value` from `Order Line`"
                : "select id, \"Secret Value\" from \"Order Line\"";
        Map<String, String> stored = new HashMap<>();
        for (List<String> row : unit.raw(sql)) {
            stored.put(row.get(0), row.get(1));
        }
        return stored;
    }
}
