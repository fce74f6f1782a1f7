package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.reencrypt.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobProgressTest {

    private long nanos;

    @Test
    void the_log_gets_a_line_every_five_seconds() {
        List<String> log = new ArrayList<>();
        try (JobProgress progress = JobProgress.inLog(log::add, () -> nanos)) {
            for (int tenths = 0; tenths <= 120; tenths++) {
                nanos = Duration.ofMillis(100L * tenths).toNanos();
                progress.progress(done(tenths));
            }
        }

        assertThat(log).hasSize(2);
        assertThat(log.get(0)).contains("50 of 200 rows");
        assertThat(log.get(1)).contains("100 of 200 rows");
    }

    @Test
    void a_terminal_has_one_line_that_is_drawn_over_and_ended_once() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        JobProgress progress = JobProgress.onTerminal(out, () -> nanos);
        nanos = Duration.ofSeconds(1).toNanos();
        progress.progress(done(50));
        progress.progress(done(51));
        nanos = Duration.ofSeconds(2).toNanos();
        progress.progress(done(100));
        progress.close();
        progress.close();

        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).containsOnlyOnce(System.lineSeparator()).endsWith(System.lineSeparator());
        assertThat(text.strip().split("\r")).hasSize(2);
        assertThat(text).contains("50 of 200").contains("100 of 200").doesNotContain("51 of 200");
    }

    @Test
    void a_line_on_a_terminal_is_short_enough_to_be_drawn_over() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JobProgress progress = JobProgress.onTerminal(new PrintStream(bytes), () -> nanos);
        nanos = Duration.ofSeconds(1).toNanos();
        progress.progress(new Progress("x".repeat(64), 999_999_999, 1_000_000_000, 100_000, Duration.ofSeconds(3_599)));

        String line = bytes.toString(StandardCharsets.UTF_8).replace("\r", "").replace("\u001b[K", "");
        assertThat(line)
                .hasSizeLessThan(80)
                .contains("999,999,999 of 1,000,000,000 rows")
                .endsWith(" left");
    }

    @Test
    void a_short_job_prints_no_empty_line() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JobProgress progress = JobProgress.onTerminal(new PrintStream(bytes), () -> nanos);
        progress.progress(done(1));
        progress.close();

        assertThat(bytes.size()).isZero();
    }

    private static Progress done(long rows) {
        return new Progress("patient", rows, 200, 10, null);
    }
}
