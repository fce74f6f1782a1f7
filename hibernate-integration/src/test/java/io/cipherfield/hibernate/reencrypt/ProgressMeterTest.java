package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {

    private final List<Long> heard = new ArrayList<>();
    private long nanos;
    private final ProgressMeter meter =
            new ProgressMeter(progress -> heard.add(progress.rowsDone()), "patient", 30, 0, () -> nanos);

    @Test
    void the_end_that_was_told_as_a_page_is_not_told_again() {
        meter.add(30);
        meter.add(0);
        meter.finish();
        assertThat(heard).containsExactly(30L);
    }

    @Test
    void the_end_is_told_after_pages_that_were_too_quick_to_be_seen() {
        meter.add(10);
        meter.add(10);
        meter.add(10);
        meter.finish();
        assertThat(heard).containsExactly(10L, 30L);
    }

    @Test
    void a_page_is_told_once_a_person_could_see_it() {
        meter.add(10);
        nanos = 199_999_999;
        meter.add(10);
        nanos = 200_000_000;
        meter.add(5);
        assertThat(heard).containsExactly(10L, 25L);
    }

    @Test
    void an_empty_page_says_nothing_new_however_late_it_comes() {
        meter.add(10);
        nanos = 250_000_000;
        meter.add(0);
        meter.finish();
        assertThat(heard).containsExactly(10L);
    }

    @Test
    void an_empty_table_is_told_once() {
        meter.add(0);
        meter.finish();
        assertThat(heard).containsExactly(0L);
    }
}
