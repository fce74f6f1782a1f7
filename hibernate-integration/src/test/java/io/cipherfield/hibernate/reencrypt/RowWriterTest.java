package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.Keyring;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;

/** The text of the SQL, and the plain batch that other databases get, run where it can be run. */
class RowWriterTest {

    @Test
    void each_statement_compares_every_encrypted_column_with_what_was_read() throws Exception {
        try (Unit unit = Unit.before(TestDatabase.H2.fresh(), Entities.Simple.class)) {
            TableShape shape = shape(unit);
            assertThat(new PostgresqlWriter(shape).sql())
                    .isEqualTo("update \"Order Line\" t set other = v.n0, \"Secret Value\" = v.n1"
                            + " from unnest(cast(? as BIGINT[]), cast(? as bytea[]), cast(? as bytea[]), cast(? as text[]), cast(? as text[]))"
                            + " v(k0, o0, n0, o1, n1) where t.id = v.k0 and t.other is not distinct from v.o0"
                            + " and cast(t.\"Secret Value\" as text) collate \"C\" is not distinct from v.o1");
            assertThat(new H2Writer(shape).sql())
                    .startsWith("merge into \"Order Line\" t using (select * from unnest(cast(? as BIGINT array)")
                    .endsWith("on t.id = v.k0 and t.other is not distinct from v.o0"
                            + " and t.\"Secret Value\" is not distinct from v.o1"
                            + " when matched then update set other = v.n0, \"Secret Value\" = v.n1");
            assertThat(new BatchWriter(DatabaseKind.MARIADB, shape, NullSafe.MARIADB, List.of("`at`")).sql())
                    .isEqualTo("update \"Order Line\" set other = ?, \"Secret Value\" = ?, `at` = `at` where id = ?"
                            + " and other <=> ? and cast(convert(\"Secret Value\" using utf8mb4) as binary)"
                            + " <=> cast(convert(? using utf8mb4) as binary)");
        }
    }

    @Test
    void the_plain_batch_works_by_standard_sql() throws Exception {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            for (long id = 0; id < 30; id++) {
                unit.persist(
                        new Entities.Simple(id, id % 3 == 0 ? null : "secret " + id, id % 2 == 0 ? null : "other"));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
            try (JobConnection connection = JobConnection.open(
                    ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                    new LockTimeout(DatabaseKind.H2, LockTimeout.DEFAULT))) {
                Tally tally = new Tally();
                TableShape shape = shape(unit);
                PageJob page = new PageJob(
                        shape,
                        PageReader.of(shape, DatabaseKind.OTHER),
                        RowWriter.of(connection, DatabaseKind.OTHER, shape, List.of()),
                        new Decider(Mode.RUN));
                OnePart.run(unit.job().settings(progress -> {}, List.of()), connection, shape, page, 7, tally);
                Counts report = tally.counts();
                assertThat(report.rewritten()).isEqualTo(20 + 15);
                assertThat(report.nulls()).isEqualTo(10 + 15);
                // Counted by reading, which other databases get too.
                assertThat(new CensusTaker(connection, DatabaseKind.OTHER, Keyring.of(Unit.NEW, Unit.OLD))
                                .take(shape(unit)))
                        .extracting(entry -> entry.kind() + " " + entry.keyId() + " " + entry.count())
                        .containsExactlyInAnyOrder(
                                "CIPHERTEXT " + Unit.NEW.id() + " 20",
                                "CIPHERTEXT " + Unit.NEW.id() + " 15",
                                "NULL null 10",
                                "NULL null 15");
            }
            assertThat(unit.job().verify().alreadyCurrent()).isEqualTo(35);
        }
    }

    private static TableShape shape(Unit unit) throws Exception {
        SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
        try (JobConnection connection = JobConnection.open(
                ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                new LockTimeout(DatabaseKind.H2, LockTimeout.DEFAULT))) {
            List<EncryptedColumn> columns = EncryptedColumns.of(factory).all();
            return TableShape.read(connection, DatabaseKind.H2, columns, columns);
        }
    }
}
