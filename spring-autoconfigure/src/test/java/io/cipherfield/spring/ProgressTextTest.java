package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.reencrypt.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTextTest {

    @Test
    void rows_rate_share_and_time_left_are_told() {
        assertThat(ProgressText.of(new Progress("patient", 2_700_000, 10_000_000, 48_000.4, Duration.ofSeconds(152))))
                .isEqualTo(
                        "patient [=====>              ]  27%  2,700,000 of 10,000,000 rows, 48,000/s, 2 min 32 s left");
    }

    @Test
    void the_end_fills_the_bar() {
        assertThat(ProgressText.of(new Progress("patient", 10, 10, 5, Duration.ZERO)))
                .isEqualTo("patient [====================] 100%  10 of 10 rows, 5/s, 0 s left");
    }

    @Test
    void a_table_that_outgrows_its_estimate_is_never_more_than_done() {
        assertThat(ProgressText.of(new Progress("patient", 15, 10, 5, null)))
                .isEqualTo("patient [====================] 100%  15 of 15 rows, 5/s");
    }

    @Test
    void without_an_estimate_there_is_no_share() {
        assertThat(ProgressText.of(new Progress("patient", 15, -1, 5, null))).isEqualTo("patient  15 rows, 5/s");
    }

    @Test
    void a_narrow_terminal_has_a_shorter_bar() {
        assertThat(ProgressText.within(
                        79, new Progress("ward", 2_700_000, 10_000_000, 48_000, Duration.ofSeconds(152))))
                .isEqualTo("ward [==>       ]  27%  2,700,000 of 10,000,000 rows, 48,000/s, 2 min 32 s left");
        assertThat(ProgressText.within(79, new Progress("patient", 15, 30, 5, Duration.ofSeconds(3))))
                .isEqualTo("patient [==========>         ]  50%  15 of 30 rows, 5/s, 3 s left");
    }

    @Test
    void a_narrow_terminal_has_no_bar_and_a_shortened_name_if_it_must_be() {
        Duration left = Duration.ofSeconds(152);
        assertThat(ProgressText.within(79, new Progress("patient", 2_700_000, 10_000_000, 48_000, left)))
                .isEqualTo("patient   27%  2,700,000 of 10,000,000 rows, 48,000/s, 2 min 32 s left");
        assertThat(ProgressText.within(
                        79, new Progress("a_schema.a_patient_file", 2_700_000, 10_000_000, 48_000, left)))
                .isEqualTo("a_schema.a_pa...   27%  2,700,000 of 10,000,000 rows, 48,000/s, 2 min 32 s left")
                .hasSize(79);
    }

    @Test
    void long_times_are_told_in_hours() {
        assertThat(ProgressText.of(new Progress("patient", 1, 10, 1, Duration.ofMinutes(150))))
                .endsWith("1/s, 2 h 30 min left");
    }
}
