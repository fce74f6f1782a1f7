package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.reencrypt.RenamedEntities.Afterwards;
import io.cipherfield.hibernate.reencrypt.RenamedEntities.Meanwhile;
import io.cipherfield.hibernate.reencrypt.RenamedEntities.OldPatient;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A class and its attributes were renamed; the application reads on, and a job moves the values to the new context. */
@Timeout(180)
class RebindTest {

    private static final int ROWS = 30;
    /** Number, tax, key and value of the note, tag, two remarks. */
    private static final int VALUES_A_ROW = 7;

    @ParameterizedTest
    @EnumSource
    void values_from_before_the_rename_are_read_found_and_changed(TestDatabase kind) {
        TestDatabase.Fresh database = create(kind);
        try (Unit unit = meanwhile(database)) {
            unit.sessions().inTransaction(session -> {
                Meanwhile.Person found = session.createQuery("from Person p where p.tax = :tax", Meanwhile.Person.class)
                        .setParameter("tax", "tax 7")
                        .getSingleResult();
                assertThat(found.id).isEqualTo(7);
                assertThat(found.number).isEqualTo("ssn 7");
                assertThat(found.notes).containsEntry("title 7", "note 7");
                assertThat(found.remarks).containsExactlyInAnyOrder("remark 7", "again 7");
                found.notes.remove("title 7");
                found.notes.put("new", "note");
                assertThat(found.tags.remove("tag 7")).isTrue();
                found.tags.add("new");
            });
            assertThat(unit.raw("select * from renamed_note where owner_id = 7"))
                    .hasSize(1);
            assertThat(unit.raw("select * from renamed_tag where owner_id = 7")).hasSize(1);
            assertThatThrownBy(() -> unit.sessions()
                            .inTransaction(session -> session.createQuery(
                                            "select p.id from Person p join Person q on p.tax = q.tax", Long.class)
                                    .getResultList()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("formerContexts")
                    .hasMessageContaining("job rebind");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_job_moves_every_value_and_then_the_old_contexts_are_needed_no_more(TestDatabase kind) {
        TestDatabase.Fresh database = create(kind);
        try (Unit unit = meanwhile(database)) {
            unit.sessions().inTransaction(session -> session.find(Meanwhile.Person.class, 3L).number = "changed");
            Report verified = unit.job().verify();
            assertThat(verified.rewritten()).isEqualTo(ROWS * VALUES_A_ROW - 2);
            assertThat(verified.notes())
                    .anySatisfy(note -> assertThat(note)
                            .contains(
                                    "renamed.tax",
                                    "29 values are bound to a former context",
                                    "OldPatient.tax",
                                    "rebind"));
            Report dry = unit.job().rebindDryRun();
            assertThat(dry.rewritten()).isEqualTo(ROWS * VALUES_A_ROW - 2);
            assertThat(unit.job().verify().rewritten()).isEqualTo(ROWS * VALUES_A_ROW - 2);

            Report report = unit.job().parallelism(2).pageSize(7).rebind();

            assertThat(report.successful()).isTrue();
            assertThat(report.scanned()).isEqualTo(ROWS * VALUES_A_ROW);
            assertThat(report.rewritten()).isEqualTo(ROWS * VALUES_A_ROW - 2);
            // Hibernate writes all of a row's columns.
            assertThat(report.alreadyCurrent()).isEqualTo(2);
            assertThat(report.toText()).contains("moved to the present context");
            Report again = unit.job().rebindDryRun();
            assertThat(again.rewritten()).isZero();
            assertThat(again.notes())
                    .hasSize(6)
                    .allSatisfy(note -> assertThat(note).contains("can be taken out"));
            assertThat(unit.job().rebind().alreadyCurrent()).isEqualTo(ROWS * VALUES_A_ROW);
        }
        assertReadable(database, "changed");
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_said_of_former_contexts_where_nothing_is_encrypted_or_something_fails(TestDatabase kind) {
        TestDatabase.Fresh database = create(kind);
        try (Unit unit = meanwhile(database)) {
            unit.job().rebind();
            unit.execute("update renamed set ssn = 'in clear'", "update renamed set tax = 'in clear' where id = 4");
            assertThat(unit.job().rebindDryRun().notes())
                    .anySatisfy(note -> assertThat(note).contains("renamed.ssn", "no value is encrypted"))
                    .anySatisfy(note -> assertThat(note).contains("renamed.tax", "can be taken out"))
                    .hasSize(6);
            assertThat(unit.job().verify().notes())
                    .anySatisfy(note -> assertThat(note).contains("renamed.ssn", ROWS + " values do not decrypt"))
                    .anySatisfy(note -> assertThat(note).contains("renamed.tax", "1 value does not decrypt"))
                    .filteredOn(note -> note.contains("can be taken out"))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stopped_rebind_goes_on_where_it_was(TestDatabase kind) {
        TestDatabase.Fresh database = create(kind);
        try (Unit unit = meanwhile(database)) {
            ReencryptionControl control = new ReencryptionControl();
            Report first = unit.job()
                    .pageSize(5)
                    .control(control)
                    .listener(progress -> control.stop())
                    .rebind();
            assertThat(first.end()).isEqualTo(Report.End.STOPPED);
            long left = unit.job().rebindDryRun().rewritten();
            assertThat(left).isPositive().isLessThan(ROWS * VALUES_A_ROW);
            assertThatThrownBy(() -> unit.job()
                            .pageSize(5)
                            .listener(progress -> {
                                throw new IllegalStateException("killed");
                            })
                            .rebind())
                    .hasMessage("killed");

            Report last = unit.job().pageSize(5).rebind();

            assertThat(last.attempts()).isEqualTo(3);
            assertThat(last.rewritten()).isEqualTo(ROWS * VALUES_A_ROW);
            assertThat(last.alreadyCurrent()).isZero();
        }
        assertReadable(database, "ssn 3");
    }

    @ParameterizedTest
    @EnumSource
    void a_run_to_another_key_moves_what_it_rewrites(TestDatabase kind) {
        TestDatabase.Fresh database = create(kind);
        try (Unit unit = Unit.after(database, Meanwhile.Person.class)) {
            assertThat(unit.job().run().rewritten()).isEqualTo(ROWS * VALUES_A_ROW);
            assertThat(unit.job().rebind().rewritten()).isZero();
        }
        try (Unit unit = Unit.after(database, Afterwards.Person.class)) {
            assertThat(unit.job().verify().failed()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void values_under_a_forgotten_name_fail_and_those_of_another_attribute_are_named(TestDatabase kind) {
        TestDatabase.Fresh database = create(kind);
        try (Unit unit = meanwhile(database)) {
            unit.execute("update renamed set ssn = tax where id = 4", "update renamed set tax = null where id = 4");
            Report report = unit.job().only(Meanwhile.Person.class, "number").rebind();
            assertThat(report.scanned()).isEqualTo(ROWS);
            assertThat(report.rewritten()).isEqualTo(ROWS - 1);
            assertThat(report.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.key()).isEqualTo("4");
                assertThat(failure.reason()).contains("It was written for OldPatient.tax (", "Person.tax");
            });
            assertThatThrownBy(() -> unit.sessions().inTransaction(session -> session.find(Meanwhile.Person.class, 4L)))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("It was written for OldPatient.tax")
                    .hasMessageNotContaining("tax 4");
        }
        try (Unit unit = Unit.start(database, "none", keys(), Afterwards.Person.class)) {
            assertThatThrownBy(() -> unit.job().rebind())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("No encrypted attribute has formerContexts");
            Report verified = unit.job().only(Afterwards.Person.class, "tax").verify();
            assertThat(verified.failed()).isEqualTo(ROWS - 1);
            assertThat(verified.failures().get(0).reason()).contains("pin its old name as the context");
        }
    }

    private static void assertReadable(TestDatabase.Fresh database, String third) {
        try (Unit unit = Unit.start(database, "none", keys(), Afterwards.Person.class)) {
            List<String> expected = LongStream.range(0, ROWS)
                    .mapToObj(id -> id + "|" + (id == 3 ? third : "ssn " + id) + "|tax " + id + "|{title " + id
                            + "=note " + id + "}|[tag " + id + "]|[again " + id + ", remark " + id + "]")
                    .toList();
            List<String> found = Objects.requireNonNull(unit.sessions()
                    .fromTransaction(
                            session -> session.createQuery("from Person p order by p.id", Afterwards.Person.class)
                                    .getResultStream()
                                    .map(Afterwards.Person::text)
                                    .toList()));
            assertThat(found).isEqualTo(expected);
            assertThat(unit.job().verify().alreadyCurrent()).isEqualTo(ROWS * VALUES_A_ROW);
        }
    }

    private static CipherfieldConfiguration keys() {
        return CipherfieldConfiguration.of(Keyring.of(Unit.OLD));
    }

    private static Unit meanwhile(TestDatabase.Fresh database) {
        return Unit.start(database, "none", keys(), Meanwhile.Person.class);
    }

    private static TestDatabase.Fresh create(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, OldPatient.class)) {
            unit.persist(LongStream.range(0, ROWS).mapToObj(OldPatient::new).toList());
        }
        return database;
    }
}
