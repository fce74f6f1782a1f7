package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of every kind of key, filled by chance from a fixed seed, against what was put in. */
class KeyShapesTest {

    private static final int ROWS = 30;
    private static final long SEED = 20261122;

    @ParameterizedTest
    @EnumSource
    void each_value_is_rewritten_once_and_none_is_skipped_at_any_page_size(TestDatabase kind) {
        int[] pageSizes = {3, 1000};
        for (int i = 0; i < pageSizes.length; i++) {
            TestDatabase.Fresh database = kind.fresh();
            long values = create(database, SEED + i);
            List<String> before;
            try (Unit unit = Unit.after(database, KeyShapes.ALL)) {
                before = contents(unit);
                assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(values);

                Report dry = unit.job().pageSize(pageSizes[i]).dryRun();
                Report report = unit.job().pageSize(pageSizes[i]).run();

                String about = "seed " + (SEED + i) + ", page size " + pageSizes[i];
                assertThat(report.failures()).as(about).isEmpty();
                assertThat(report.rewritten()).as(about).isEqualTo(values).isEqualTo(dry.rewritten());
                assertThat(report.alreadyCurrent()).as(about).isZero();
                assertThat(report.scanned()).as(about).isEqualTo(dry.scanned());

                Report again = unit.job().pageSize(pageSizes[i]).run();
                assertThat(again.rewritten()).as(about).isZero();
                assertThat(again.alreadyCurrent()).as(about).isEqualTo(values);
                assertThat(again.nulls()).as(about).isEqualTo(report.nulls()).isPositive();
                assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            }
            try (Unit unit = newKeyAlone(database)) {
                assertThat(contents(unit)).isEqualTo(before);
                assertThat(unit.job().verify().successful()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_job_that_is_killed_after_every_page_and_resumed_from_what_it_wrote_down_counts_each_value_once(
            TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        long values = create(database, SEED);
        try (Unit unit = Unit.after(database, KeyShapes.ALL)) {
            List<String> before = contents(unit);
            // Some are current already, and in the middle of the others.
            unit.job().only(KeyShapes.Holder.class, "entries").run();
            long current = unit.job().census().remaining(Unit.NEW.id());
            Tally tally = new Tally();
            for (List<EncryptedColumn> columns : columns(unit)) {
                String position = Position.START.encode(List.of());
                for (int pages = 0; position != null; pages++) {
                    assertThat(pages).as("pages of " + columns.get(0).table()).isLessThan(500);
                    position = onePage(unit, columns, position, tally);
                }
            }
            Counts report = tally.counts();
            assertThat(tally.failures()).isEmpty();
            assertThat(report.rewritten()).isEqualTo(values - current).isPositive();
            assertThat(report.alreadyCurrent()).isEqualTo(current).isPositive();
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            assertThat(contents(unit)).isEqualTo(before);
        }
    }

    private static List<List<EncryptedColumn>> columns(Unit unit) {
        return List.copyOf(EncryptedColumns.of(unit.sessions()).byTable().values());
    }

    /** @return null if the table is done */
    private static @Nullable String onePage(Unit unit, List<EncryptedColumn> columns, String position, Tally tally)
            throws Exception {
        SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
        DatabaseKind database = DatabaseKind.of(factory.getJdbcServices().getDialect());
        try (JobConnection connection = JobConnection.open(
                ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                new LockTimeout(database, LockTimeout.DEFAULT))) {
            TableShape shape = TableShape.read(connection, database, columns, columns);
            PageJob page = new PageJob(
                    shape,
                    PageReader.of(shape, database),
                    RowWriter.of(connection, database, shape, List.of()),
                    new Decider(Mode.RUN));
            PageJob.Done done = page.run(connection, KeyRange.ALL, Position.decode(position, shape.key()), 13);
            connection.commit();
            tally.add(shape, done.rows());
            Position next = done.next();
            return next == null ? null : next.encode(shape.key());
        }
    }

    /** @return how many values are encrypted */
    private static long create(TestDatabase.Fresh database, long seed) {
        try (Unit unit = Unit.before(database, KeyShapes.ALL)) {
            List<Object> all = KeyShapes.random(new Random(seed), ROWS);
            unit.persist(all);
            unit.sessions().inTransaction(session -> {
                for (long id = 0; id < 9; id++) {
                    session.remove(session.find(KeyShapes.Gone.class, id));
                }
            });
            return unit.job().census().remaining(Unit.OLD.id());
        }
    }

    private static Unit newKeyAlone(TestDatabase.Fresh database) {
        return Unit.start(database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.NEW)), KeyShapes.ALL);
    }

    private static List<String> contents(Unit unit) {
        List<String> contents = new ArrayList<>();
        unit.sessions().inTransaction(session -> {
            session.createQuery("from Holder order by id", KeyShapes.Holder.class)
                    .getResultList()
                    .forEach(holder -> contents.add(holder.text()));
            session.createQuery("from Node order by id", KeyShapes.Node.class)
                    .getResultList()
                    .forEach(node ->
                            contents.add(node.id + node.name + (node.parent == null ? null : node.parent.name)));
            session.createQuery("from Reading", KeyShapes.Reading.class).getResultList().stream()
                    .map(reading -> reading.id + reading.secret)
                    .sorted()
                    .forEach(contents::add);
            session.createQuery("from Coded order by id.place", KeyShapes.Coded.class)
                    .getResultList()
                    .forEach(coded -> contents.add(coded.id.place() + coded.secret + coded.number));
        });
        return contents;
    }
}
