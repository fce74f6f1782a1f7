package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.KeyId;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.internal.journal.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Report report(long scanned, long rewritten, long fromPlaintext, List<FailedValue> failures) {
        return new Report(
                Mode.RUN,
                new Counts(0, scanned, rewritten, fromPlaintext, 0, 3, 2, 1, failures.size()),
                failures,
                Report.End.DONE,
                1,
                List.of(),
                Duration.ofMillis(61_500));
    }

    @Test
    void counts_that_do_not_add_up_make_no_report() {
        assertThatThrownBy(() -> report(17, 10, 0, List.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> report(16, 10, 11, List.of())).isInstanceOf(IllegalStateException.class);
        assertThat(report(16, 10, 4, List.of()).successful()).isTrue();
    }

    @Test
    void it_prints_as_an_aligned_table_and_the_values_that_failed() {
        FailedValue failed = new FailedValue("patient", "ssn", "42", Unit.OLD.id(), "It was changed or cut.");
        assertThat(report(1017, 1010, 4, List.of(failed)).toText()).isEqualTo("""
                        values                      count
                        scanned                      1017
                        rewritten                    1010
                          of these, from plaintext      4
                        already current                 3
                        null                            2
                        changed meanwhile               1
                        failed                          1
                        took 1 min 1 s
                        failed: patient.ssn, row 42, key %s: It was changed or cut.
                        """.formatted(Unit.OLD.id()));
    }

    @Test
    void a_census_says_of_each_key_that_only_decrypts_where_and_when_it_was_looked_for() {
        List<CensusEntry> entries = List.of(
                ciphertext("clinic.Patient", Unit.OLD.id(), 12),
                ciphertext("clinic.Patient", Unit.NEW.id(), 3456),
                new CensusEntry(
                        "patient",
                        "ssn",
                        "clinic.Patient",
                        "ssn",
                        CensusEntry.Kind.PLAINTEXT,
                        null,
                        null,
                        null,
                        false,
                        1),
                new CensusEntry(
                        "patient", "ssn", "clinic.Patient", "ssn", CensusEntry.Kind.NULL, null, null, null, true, 7));
        Census census = new Census(
                Keyring.of(Unit.NEW, Unit.OLD, Unit.LOST),
                entries,
                Doors.CLOSED,
                2,
                2,
                List.of(),
                false,
                Instant.parse("2026-03-01T02:03:04.567Z"));
        assertThat(census.toText()).isEqualTo("""
                        column       attribute    stored as  key                values
                        patient.ssn  Patient.ssn  aes-siv    %2$s decrypts      12
                        patient.ssn  Patient.ssn  aes-siv    %1$s encrypts    3456
                        patient.ssn  Patient.ssn  plaintext                          1
                        patient.ssn  Patient.ssn  null                               7
                        key %2$s: 12 values found in 2 columns of 2 tables at 2026-03-01T02:03:04Z
                            patient.ssn: 12
                        key %3$s: none found in 2 columns of 2 tables at 2026-03-01T02:03:04Z
                        in clear: 1 value found in 2 columns of 2 tables at 2026-03-01T02:03:04Z
                        encrypted: 3468 values found in 2 columns of 2 tables at 2026-03-01T02:03:04Z
                        """.formatted(Unit.NEW.id(), Unit.OLD.id(), Unit.LOST.id()));
        assertThat(census.remaining(Unit.OLD.id())).isEqualTo(12);
        assertThat(census.plaintexts()).isEqualTo(1);
    }

    @Test
    void a_census_speaks_of_one_value_in_one_column_of_one_table() {
        Census census = new Census(
                Keyring.of(Unit.NEW, Unit.OLD),
                List.of(ciphertext("Patient", Unit.OLD.id(), 1)),
                Doors.CLOSED,
                1,
                1,
                List.of(),
                false,
                Instant.parse("2026-03-01T02:03:04Z"));
        assertThat(census.toText())
                .endsWith("key " + Unit.OLD.id()
                        + ": 1 value found in 1 column of 1 table at 2026-03-01T02:03:04Z\n"
                        + "    patient.ssn: 1\n");
    }

    @Test
    void a_census_names_entities_without_their_package_unless_two_have_the_name() {
        assertThat(attributes("clinic.Patient", "clinic.Hospital$Ward", "clinic.Patient_AUD", "Bed"))
                .containsExactly("Patient.ssn", "Ward.ssn", "Patient_AUD.ssn", "Bed.ssn");
        assertThat(attributes("clinic.Patient", "clinic.Patient", "archive.Patient", "Nurse"))
                .containsExactly("clinic.Patient.ssn", "clinic.Patient.ssn", "archive.Patient.ssn", "Nurse.ssn");
    }

    @Test
    void a_census_of_usual_names_fits_in_a_hundred_columns() {
        CensusEntry entry = new CensusEntry(
                "customer_account",
                "tax_number",
                "com.example.shop.customer.CustomerAccount",
                "taxNumber",
                CensusEntry.Kind.CIPHERTEXT,
                Unit.OLD.id(),
                Suite.XAES_256_GCM,
                null,
                false,
                123_456_789);
        Census census = new Census(
                Keyring.of(Unit.NEW, Unit.OLD), List.of(entry), Doors.CLOSED, 1, 1, List.of(), false, Instant.now());
        assertThat(census.toText().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void a_census_that_could_not_see_all_does_not_say_that_there_is_none() {
        Census census = new Census(
                Keyring.of(Unit.NEW, Unit.OLD),
                List.of(ciphertext("Patient", Unit.NEW.id(), 1)),
                Doors.CLOSED,
                1,
                1,
                List.of("patient: row-level security applies to user app"),
                true,
                Instant.parse("2026-03-01T02:03:04Z"));
        assertThat(census.toText()).endsWith("""
                key %s: none found in what could be seen of 1 column of 1 table at 2026-03-01T02:03:04Z
                not seen: patient: row-level security applies to user app
                """.formatted(Unit.OLD.id()));
    }

    private static CensusEntry ciphertext(String entity, KeyId key, long count) {
        return new CensusEntry(
                "patient",
                "ssn",
                entity,
                "ssn",
                CensusEntry.Kind.CIPHERTEXT,
                key,
                Suite.AES_SIV,
                null,
                key.equals(Unit.NEW.id()),
                count);
    }

    private static List<String> attributes(String... entities) {
        List<CensusEntry> entries = Stream.of(entities)
                .map(entity -> ciphertext(entity, Unit.NEW.id(), 1))
                .toList();
        return new Census(Keyring.of(Unit.NEW), entries, Doors.CLOSED, 1, 1, List.of(), false, Instant.now())
                .toText()
                .lines()
                .skip(1)
                .map(line -> line.split(" +")[1])
                .toList();
    }
}
