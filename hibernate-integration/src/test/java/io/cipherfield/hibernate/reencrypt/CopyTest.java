package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Animal;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Cat;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Copied;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Employee;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Legacy;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Person;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.legacy.LegacyValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The two-column way: an encrypted attribute is filled from a plain one, while the application writes. */
@Timeout(180)
class CopyTest {

    private static final int ROWS = 30;

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "born", "bornEncrypted",
            "salary", "salaryEncrypted",
            "kind", "kindEncrypted",
            "details", "detailsEncrypted",
            "bed", "bedEncrypted",
            "seen", "seenEncrypted",
            "weight", "weightEncrypted",
            "code", "codeEncrypted",
            "stay.since", "stay.sinceEncrypted",
            "score", "scoreEncrypted");

    @ParameterizedTest
    @EnumSource
    void every_type_is_copied_wherever_it_is_mapped(TestDatabase kind) {
        try (Unit unit = Unit.before(kind.fresh(), Copied.class)) {
            unit.persist(IntStream.range(0, ROWS).mapToObj(Copied::new).toList());
            ATTRIBUTES.forEach((from, to) -> {
                assertThat(unit.job().copyDryRun(Copied.class, from, to).rewritten())
                        .isEqualTo(ROWS);
                Report report = unit.job().parallelism(2).pageSize(7).copy(Copied.class, from, to);
                assertThat(report.successful()).as(report.toText()).isTrue();
                assertThat(report.scanned()).isEqualTo(ROWS);
                assertThat(report.rewritten()).isEqualTo(ROWS);
                Report again = unit.job().copy(Copied.class, from, to);
                assertThat(again.alreadyCurrent()).as(from).isEqualTo(ROWS);
                assertThat(again.rewritten()).isZero();
            });
            assertThat(unit.all(Copied.class))
                    .hasSize(ROWS)
                    .allSatisfy(row -> assertThat(row.encrypted()).isEqualTo(row.plain()));
            assertThat(unit.job().verify().failed()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void subclasses_tables_are_copied(TestDatabase kind) {
        try (Unit unit = Unit.before(kind.fresh(), Person.class, Employee.class, Animal.class, Cat.class)) {
            Employee employee = new Employee();
            employee.id = 1L;
            employee.salary = 7;
            Animal animal = new Animal();
            animal.id = 1L;
            animal.age = 3;
            Cat cat = new Cat();
            cat.id = 2L;
            cat.age = 4;
            unit.persist(employee, animal, cat);
            assertThat(unit.job()
                            .copy(Employee.class, "salary", "salaryEncrypted")
                            .rewritten())
                    .isEqualTo(1);
            assertThat(unit.job().copy(Animal.class, "age", "ageEncrypted").rewritten())
                    .isEqualTo(2);
            assertThat(unit.all(Employee.class))
                    .singleElement()
                    .satisfies(row -> assertThat(row.salaryEncrypted).isEqualTo(7));
            assertThat(unit.all(Animal.class))
                    .allSatisfy(row -> assertThat(row.ageEncrypted).isEqualTo(row.age));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_value_that_differs_stays_and_fails_until_the_source_is_said_to_win(TestDatabase kind) {
        try (Unit unit = Unit.before(kind.fresh(), Copied.class)) {
            Copied differs = new Copied(1);
            differs.bornEncrypted = LocalDate.of(2000, 1, 1);
            Copied without = new Copied(2);
            without.born = null;
            without.bornEncrypted = LocalDate.of(2000, 1, 1);
            Copied neither = new Copied(3);
            neither.born = null;
            Copied unreadable = new Copied(4);
            unreadable.bornEncrypted = LocalDate.of(2000, 1, 1);
            unit.persist(differs, without, neither, unreadable, new Copied(5));

            Report report = unit.job().copy(Copied.class, "born", "bornEncrypted");

            assertThat(report.rewritten()).isEqualTo(1);
            assertThat(report.nulls()).isEqualTo(2);
            assertThat(report.failures()).hasSize(2).allSatisfy(failure -> {
                assertThat(failure.key()).containsAnyOf("1", "4");
                assertThat(failure.reason()).contains("another value than", "Copied.born", "with overwrite");
            });
            assertThat(report.successful()).isFalse();
            assertThat(report.toText()).contains("1 row has a value in", "and none in");
            assertThat(report.toText() + report.toJson())
                    .doesNotContain("2000-01-01")
                    .doesNotContain("1950-");
            assertThat(born(unit, 1)).isEqualTo(LocalDate.of(2000, 1, 1));

            Report overwritten = unit.job().overwrite().copy(Copied.class, "born", "bornEncrypted");

            assertThat(overwritten.rewritten()).isEqualTo(3);
            assertThat(overwritten.successful()).isTrue();
            assertThat(born(unit, 1)).isEqualTo(differs.born);
            assertThat(born(unit, 2)).isNull();
            assertThat(born(unit, 3)).isNull();
            assertThat(unit.job().copy(Copied.class, "born", "bornEncrypted").successful())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stopped_copy_goes_on_where_it_was_and_the_next_one_takes_what_came_since(TestDatabase kind) {
        try (Unit unit = Unit.before(kind.fresh(), Copied.class)) {
            unit.persist(IntStream.range(0, ROWS).mapToObj(Copied::new).toList());
            ReencryptionControl control = new ReencryptionControl();
            Report first = unit.job()
                    .pageSize(5)
                    .control(control)
                    .listener(progress -> control.stop())
                    .copy(Copied.class, "salary", "salaryEncrypted");
            assertThat(first.end()).isEqualTo(Report.End.STOPPED);
            assertThatThrownBy(() -> unit.job()
                            .pageSize(5)
                            .listener(progress -> {
                                throw new IllegalStateException("killed");
                            })
                            .copy(Copied.class, "salary", "salaryEncrypted"))
                    .hasMessage("killed");
            Report last = unit.job().pageSize(5).copy(Copied.class, "salary", "salaryEncrypted");
            assertThat(last.attempts()).isEqualTo(3);
            assertThat(last.rewritten()).isEqualTo(ROWS);
            assertThat(last.alreadyCurrent()).isZero();

            unit.persist(new Copied(ROWS));
            Report next = unit.job().copy(Copied.class, "salary", "salaryEncrypted");
            assertThat(next.attempts()).isEqualTo(1);
            assertThat(next.rewritten()).isEqualTo(1);
            assertThat(next.alreadyCurrent()).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_application_changes_between_reading_and_writing_is_not_lost(TestDatabase kind) throws Exception {
        try (Unit unit = Unit.before(kind.fresh(), Copied.class)) {
            unit.persist(IntStream.range(0, 3).mapToObj(Copied::new).toList());
            SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
            EncryptedColumns all = EncryptedColumns.of(factory);
            Copy copy = Copy.of(factory, all, Copied.class, "born", "bornEncrypted", false);
            List<EncryptedColumn> columns = copy.columns(all).all();
            DatabaseKind database = DatabaseKind.of(factory.getJdbcServices().getDialect());
            try (JobConnection connection = JobConnection.open(
                    ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                    new LockTimeout(database, LockTimeout.DEFAULT))) {
                TableShape shape = TableShape.read(connection, database, columns, columns);
                RowWriter writer = RowWriter.of(connection, database, shape, List.of());
                boolean[] meddled = {false};
                RowWriter meddledWith = new RowWriter() {
                    @Override
                    public boolean write(JobConnection job, List<Row> rows) throws SQLException {
                        if (!meddled[0]) {
                            meddled[0] = true;
                            unit.sessions().inTransaction(session -> {
                                Copied changed = session.find(Copied.class, new CopiedEntities.Key("ward", 1));
                                changed.born = LocalDate.of(2001, 2, 3);
                                Copied taken = session.find(Copied.class, new CopiedEntities.Key("ward", 2));
                                taken.bornEncrypted = taken.born;
                            });
                        }
                        return writer.write(job, rows);
                    }

                    @Override
                    public String name() {
                        return "meddled with";
                    }
                };
                PageJob page = new PageJob(
                        shape,
                        new KeyReader(shape, database, copy.source()),
                        meddledWith,
                        new Decider(Mode.COPY),
                        copy);
                Tally tally = new Tally();
                OnePart.run(unit.job().settings("", progress -> {}, List.of()), connection, shape, page, 100, tally);
                assertThat(tally.counts().scanned()).isEqualTo(3);
                assertThat(tally.counts().rewritten()).isEqualTo(2);
                assertThat(tally.counts().alreadyCurrent() + tally.counts().changedMeanwhile())
                        .isEqualTo(1);
            }
            assertThat(born(unit, 1)).isEqualTo(LocalDate.of(2001, 2, 3));
            assertThat(unit.all(Copied.class))
                    .allSatisfy(row -> assertThat(row.bornEncrypted).isEqualTo(row.born));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_another_system_encrypted_goes_through_its_reader_numbers_too(TestDatabase kind) {
        try (Unit unit = withReader(kind, true)) {
            Legacy row = new Legacy();
            row.id = 1L;
            row.balance = new BigDecimal("1042");
            row.note = "tijgu";
            Legacy refused = new Legacy();
            refused.id = 2L;
            refused.balance = new BigDecimal("999");
            unit.persist(row, refused);

            assertThat(unit.job().copy(Legacy.class, "note", "noteEncrypted").rewritten())
                    .isEqualTo(1);
            Report report = unit.job().copy(Legacy.class, "balance", "balanceEncrypted");

            assertThat(report.rewritten()).isEqualTo(1);
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.key()).isEqualTo("2"));
            assertThat(unit.all(Legacy.class))
                    .filteredOn(found -> found.id == 1)
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.balanceEncrypted).isEqualTo(42);
                        assertThat(found.noteEncrypted).isEqualTo("shift");
                    });
        }
    }

    @Test
    void nothing_is_copied_if_a_reader_that_does_not_notice_a_wrong_key_fails_at_one_value() {
        try (Unit unit = withReader(TestDatabase.H2, false)) {
            Legacy row = new Legacy();
            row.id = 1L;
            row.balance = new BigDecimal("1042");
            Legacy refused = new Legacy();
            refused.id = 2L;
            refused.balance = new BigDecimal("999");
            unit.persist(row, refused);

            assertThatThrownBy(() -> unit.job().copy(Legacy.class, "balance", "balanceEncrypted"))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("Nothing was written")
                    .hasMessageContaining("shifted")
                    .hasMessageContaining("row 2");
            assertThat(unit.raw("select balanceEncrypted from copied_legacy where balanceEncrypted is not null"))
                    .isEmpty();
            assertThat(unit.job()
                            .maxFailures(1)
                            .copy(Legacy.class, "balance", "balanceEncrypted")
                            .rewritten())
                    .isEqualTo(1);
        }
    }

    @Test
    void what_else_keeps_a_value_from_being_copied_is_not_taken_for_a_wrong_key() {
        try (Unit unit = withReader(TestDatabase.H2, false)) {
            Legacy changed = new Legacy();
            changed.id = 1L;
            changed.balance = new BigDecimal("1042");
            changed.balanceEncrypted = 43L;
            Legacy row = new Legacy();
            row.id = 2L;
            row.balance = new BigDecimal("1044");
            unit.persist(changed, row);

            Report report = unit.job().copy(Legacy.class, "balance", "balanceEncrypted");

            assertThat(report.rewritten()).isEqualTo(1);
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.reason()).startsWith("It holds another value than"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_copied_if_a_reader_that_notices_a_wrong_key_decodes_none_of_the_first_values(TestDatabase kind) {
        try (Unit unit = withReader(kind, true)) {
            for (long id = 1; id <= 2; id++) {
                Legacy refused = new Legacy();
                refused.id = id;
                refused.balance = new BigDecimal("999");
                unit.persist(refused);
            }
            assertThatThrownBy(() -> unit.job().copy(Legacy.class, "balance", "balanceEncrypted"))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageStartingWith("Nothing was written. Legacy readers could not decode")
                    .hasMessageContaining(
                            "balanceEncrypted): shifted decoded none of its values there, at one since: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_value_that_its_mapping_does_not_read_fails_and_is_not_shown(TestDatabase kind) {
        try (Unit unit = Unit.before(kind.fresh(), Copied.class)) {
            unit.persist(new Copied(1), new Copied(2));
            unit.execute(
                    "update copied set bed = 'secretly' where number = 1",
                    "update copied set details = '[4711]' where number = 2");
            for (String attribute : List.of("bed", "details")) {
                Report report = unit.job().copy(Copied.class, attribute, attribute + "Encrypted");
                assertThat(report.rewritten()).isEqualTo(1);
                assertThat(report.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.toString())
                                .contains("Its mapping does not read the value in " + attribute)
                                .doesNotContain("secretly")
                                .doesNotContain("4711"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, bornEncrypted, there is no such attribute",
        "born, salary, is no encrypted attribute",
        "born, nothing, is no encrypted attribute",
        "born, salaryEncrypted, Give both the same Java type",
        "score, weightEncrypted, its column is in table copied_detail",
        "bornEncrypted, bornEncrypted, it is encrypted itself",
        "visits, bornEncrypted, it is a collection",
        "stay, bornEncrypted, not one column",
    })
    void what_cannot_be_copied_is_refused_with_the_reason(String from, String to, String reason) {
        try (Unit unit = Unit.before(TestDatabase.H2.fresh(), Copied.class)) {
            assertThatThrownBy(() -> unit.job().copy(Copied.class, from, to))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("Nothing was written")
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void a_copy_takes_no_selection() {
        try (Unit unit = Unit.before(TestDatabase.H2.fresh(), Copied.class)) {
            assertThatThrownBy(() -> unit.job().only(Copied.class).copy(Copied.class, "born", "bornEncrypted"))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("only(…)");
        }
    }

    private static LocalDate born(Unit unit, int number) {
        return unit.sessions()
                .fromTransaction(session -> session.find(Copied.class, new CopiedEntities.Key("ward", number)))
                .bornEncrypted;
    }

    private static Unit withReader(TestDatabase kind, boolean authenticated) {
        return Unit.start(
                kind.fresh(),
                "create",
                CipherfieldConfiguration.of(Keyring.of(Unit.OLD)).withStartupCheck(StartupCheckMode.OFF),
                settings -> {
                    settings.getProperties()
                            .put(CipherfieldService.LEGACY_READERS, LegacyReaders.of(new Shifted(authenticated)));
                    return settings;
                },
                Legacy.class);
    }

    /** A cipher for children: numbers are 1000 more, letters the next ones. */
    private record Shifted(boolean authenticated) implements LegacyReader {
        @Override
        public String name() {
            return "shifted";
        }

        @Override
        public Claim claim() {
            return Claim.EVERYTHING;
        }

        @Override
        public boolean recognises(byte[] stored) {
            return false;
        }

        @Override
        public byte[] read(byte[] stored) {
            String text = new String(stored, StandardCharsets.UTF_8);
            if (text.equals("999")) {
                throw new LegacyValueException("It was written under another key.");
            }
            if (text.chars().allMatch(Character::isDigit)) {
                return new BigInteger(text)
                        .subtract(BigInteger.valueOf(1000))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
            }
            byte[] plain = stored.clone();
            for (int i = 0; i < plain.length; i++) {
                plain[i]--;
            }
            return plain;
        }
    }
}
