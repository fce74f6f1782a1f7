package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application does between the job's reading and its writing, one case each and without chance. */
class MissTest {

    @ParameterizedTest
    @EnumSource
    void each_kind_of_change_between_reading_and_writing_is_settled_and_counted(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        String table = kind == TestDatabase.MARIADB ? "`Order Line`" : "\"Order Line\"";
        String secret = kind == TestDatabase.MARIADB ? "`Secret Value`" : "\"Secret Value\"";
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            for (long id = 1; id <= 7; id++) {
                unit.persist(new Entities.Simple(id, "initial " + id, "other"));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class);
                Unit old = Unit.start(
                        database,
                        "none",
                        CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)),
                        Entities.Simple.class)) {
            Runnable application = () -> {
                unit.execute("delete from " + table + " where id = 1");
                set(unit, 2, "current now");
                set(old, 3, "stale again");
                unit.execute("update " + table + " set " + secret + " = null where id = 4");
                unit.execute("update " + table + " set " + secret + " = concat('zzzz', substring(" + secret
                        + ", 5)) where id = 5");
                set(unit, 6, null);
            };
            Tally tally = new Tally();
            run(unit, application, tally);
            Counts report = tally.counts();

            assertThat(report.scanned()).isEqualTo(14);
            // Hibernate writes both values of rows 2 and 6, the statement for row 4 the secret alone; row 1 is gone.
            assertThat(report.changedMeanwhile()).isEqualTo(2 + 2 + 1 + 2);
            assertThat(tally.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.key()).isEqualTo("5"));
            assertThat(report.rewritten()).isEqualTo(14 - 7 - 1);
            assertThat(unit.raw("select id from " + table + " order by id").get(0))
                    .containsExactly("2");
            unit.execute("delete from " + table + " where id = 5");
            assertThat(unit.all(Entities.Simple.class))
                    .extracting(row -> row.id + " " + row.secret + " " + row.other)
                    .containsExactlyInAnyOrder(
                            "2 current now other",
                            "3 stale again other",
                            "4 null other",
                            "6 null other",
                            "7 initial 7 other");
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_row_that_changes_at_each_attempt_is_given_up_as_failed_in_the_end(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(new Entities.Simple(1, "initial", null), new Entities.Simple(2, "initial", null));
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class);
                Unit old = Unit.start(
                        database,
                        "none",
                        CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)),
                        Entities.Simple.class)) {
            int[] attempts = {0};
            Tally tally = new Tally();
            run(unit, () -> set(old, 2, "change " + attempts[0]++), tally, Integer.MAX_VALUE);
            assertThat(tally.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.key()).isEqualTo("2");
                assertThat(failure.reason()).contains("changed the row at each of 10 attempts");
            });
            assertThat(tally.counts().rewritten()).isEqualTo(1);
            assertThat(unit.job().run().rewritten()).isEqualTo(1);
            assertThat(unit.all(Entities.Simple.class))
                    .extracting(row -> row.secret)
                    .containsExactlyInAnyOrder("initial", "change " + (attempts[0] - 1));
        }
    }

    private static void set(Unit unit, long id, @Nullable String secret) {
        unit.sessions().inTransaction(session -> session.find(Entities.Simple.class, id).secret = secret);
    }

    private static void run(Unit unit, Runnable application, Tally tally) throws Exception {
        run(unit, application, tally, 1);
    }

    private static void run(Unit unit, Runnable application, Tally tally, int times) throws Exception {
        SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
        List<EncryptedColumn> columns = EncryptedColumns.of(factory).all();
        DatabaseKind database = DatabaseKind.of(factory.getJdbcServices().getDialect());
        try (JobConnection connection = JobConnection.open(
                ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                new LockTimeout(database, LockTimeout.DEFAULT))) {
            TableShape shape = TableShape.read(connection, database, columns, columns);
            // MariaDB's joined update keeps a row locked that it missed, so that nobody changes it a second time.
            RowWriter writer = times > 1 && database == DatabaseKind.MARIADB
                    ? new BatchWriter(database, shape, NullSafe.MARIADB, List.of())
                    : RowWriter.of(connection, database, shape, List.of());
            int[] left = {times};
            RowWriter meddledWith = new RowWriter() {
                @Override
                public boolean write(JobConnection job, List<Row> rows) throws SQLException {
                    if (left[0]-- > 0) {
                        application.run();
                    }
                    return writer.write(job, rows);
                }

                @Override
                public String name() {
                    return "meddled with";
                }
            };
            PageJob page = new PageJob(shape, PageReader.of(shape, database), meddledWith, new Decider(Mode.RUN));
            OnePart.run(unit.job().settings(progress -> {}, List.of()), connection, shape, page, 100, tally);
        }
    }
}
