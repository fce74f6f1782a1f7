package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Report report(long scanned, long rewritten, long fromPlaintext, List<FailedValue> failures) {
        return new Report(
                Mode.RUN,
                scanned,
                rewritten,
                fromPlaintext,
                3,
                2,
                1,
                failures.size(),
                failures,
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
                        took 0 h 1 min 1 s
                        failed: patient.ssn, row 42, key %s: It was changed or cut.
                        """.formatted(Unit.OLD.id()));
    }

    @Test
    void a_census_says_of_each_key_that_only_decrypts_where_and_when_it_was_looked_for() {
        List<CensusEntry> entries = List.of(
                new CensusEntry(
                        "patient",
                        "ssn",
                        "Patient",
                        "ssn",
                        CensusEntry.Kind.CIPHERTEXT,
                        Unit.OLD.id(),
                        Suite.AES_SIV,
                        12),
                new CensusEntry(
                        "patient",
                        "ssn",
                        "Patient",
                        "ssn",
                        CensusEntry.Kind.CIPHERTEXT,
                        Unit.NEW.id(),
                        Suite.AES_SIV,
                        3456),
                new CensusEntry("patient", "ssn", "Patient", "ssn", CensusEntry.Kind.NULL, null, null, 7));
        Census census = new Census(
                Keyring.of(Unit.NEW, Unit.OLD, Unit.LOST), entries, 1, 1, Instant.parse("2026-03-01T02:03:04.567Z"));
        assertThat(census.toText()).isEqualTo("""
                        column       attribute    form        key                suite    values
                        patient.ssn  Patient.ssn  ciphertext  %2$s decrypts  aes-siv      12
                        patient.ssn  Patient.ssn  ciphertext  %1$s encrypts  aes-siv    3456
                        patient.ssn  Patient.ssn  null                                         7
                        key %2$s: 12 values found in 1 columns of 1 tables at 2026-03-01T02:03:04Z
                        key %3$s: none found in 1 columns of 1 tables at 2026-03-01T02:03:04Z
                        """.formatted(Unit.NEW.id(), Unit.OLD.id(), Unit.LOST.id()));
        assertThat(census.remaining(Unit.OLD.id())).isEqualTo(12);
    }
}
