package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page that was read while the one before it was written. */
class ReadAheadTest {

    @ParameterizedTest
    @EnumSource
    void what_the_application_changed_since_a_page_was_read_ahead_stays(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            for (long id = 1; id <= 20; id++) {
                unit.persist(new Entities.Simple(id, "initial " + id, "other"));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class);
                JobConnection writing = open(unit);
                ReadAhead ahead = new ReadAhead(open(unit))) {
            PageJob pages = pages(unit, writing);
            ahead.start(pages, KeyRange.ALL, Position.START, 10);
            PageJob.Prepared page = Objects.requireNonNull(ahead.take(Position.START, 10));
            unit.sessions().inTransaction(session -> session.find(Entities.Simple.class, 3L).secret = "changed");

            PageJob.Done done = pages.write(writing, KeyRange.ALL, Position.START, page);
            writing.commit();

            Counts counts = Tally.counts(done.rows(), 2);
            assertThat(counts.rewritten()).isEqualTo(18);
            assertThat(counts.changedMeanwhile()).isEqualTo(2);
            assertThat(unit.all(Entities.Simple.class))
                    .allSatisfy(row -> assertThat(row.secret).isEqualTo(row.id == 3 ? "changed" : "initial " + row.id));
            Position next = Objects.requireNonNull(done.next());
            ahead.start(pages, KeyRange.ALL, next, 10);
            assertThat(ahead.take(Position.START, 10)).as("of another position").isNull();
            assertThat(ahead.take(next, 10)).isNotNull();
            ahead.start(pages, KeyRange.ALL, next, 10);
            assertThat(ahead.take(next, 4)).as("larger than pages are by now").isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_read_on_a_connection_that_went_back_to_its_pool(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class);
                JobConnection writing = open(unit)) {
            ReadAhead ahead = new ReadAhead(open(unit));
            ahead.close();
            ahead.start(pages(unit, writing), KeyRange.ALL, Position.START, 10);
            assertThat(ahead.take(Position.START, 10)).isNull();
        }
    }

    private static PageJob pages(Unit unit, JobConnection connection) throws SQLException {
        List<EncryptedColumn> columns = EncryptedColumns.of(unit.sessions()).all();
        DatabaseKind database = database(unit);
        TableShape shape = TableShape.read(connection, database, columns, columns);
        return new PageJob(
                shape,
                PageReader.of(shape, database),
                RowWriter.of(connection, database, shape, List.of()),
                new Decider(Mode.RUN));
    }

    private static DatabaseKind database(Unit unit) {
        return DatabaseKind.of(unit.sessions()
                .unwrap(SessionFactoryImplementor.class)
                .getJdbcServices()
                .getDialect());
    }

    private static JobConnection open(Unit unit) throws SQLException {
        SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
        return JobConnection.open(
                ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                new LockTimeout(database(unit), LockTimeout.DEFAULT));
    }
}
