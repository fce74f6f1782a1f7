package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageSizeTest {

    private static final PageLimits LIMITS = new PageLimits(10, 5_000, Duration.ofMillis(100));

    private final PageSize size = new PageSize(LIMITS);

    @Test
    void it_comes_to_the_time_that_a_page_shall_take() {
        for (int i = 0; i < 20; i++) {
            pageAt(20);
        }
        assertThat(size.rows()).isEqualTo(2_000);
        for (int i = 0; i < 20; i++) {
            pageAt(1);
        }
        assertThat(size.rows()).isEqualTo(100);
    }

    @Test
    void one_slow_or_quick_page_changes_it_by_half_or_twice_at_most() {
        size.took(1_000, 1_000, Duration.ofSeconds(100).toNanos());
        assertThat(size.rows()).isEqualTo(500);
        size.took(500, 500, 1);
        assertThat(size.rows()).isEqualTo(1_000);
    }

    @Test
    void it_keeps_to_its_bounds() {
        for (int i = 0; i < 20; i++) {
            pageAt(1_000_000);
        }
        assertThat(size.rows()).isEqualTo(5_000);
        for (int i = 0; i < 20; i++) {
            size.took(size.rows(), size.rows(), Duration.ofSeconds(100).toNanos());
        }
        assertThat(size.rows()).isEqualTo(10);
    }

    @Test
    void a_page_that_ended_early_is_no_reason_to_grow() {
        size.took(1_000, 3, 1);
        size.took(1_000, 0, 1);
        assertThat(size.rows()).isEqualTo(1_000);
    }

    @Test
    void a_page_that_ended_early_and_was_slow_is_a_reason_to_shrink() {
        size.took(1_000, 300, Duration.ofMillis(200).toNanos());
        assertThat(size.rows()).isEqualTo(500);
    }

    @Test
    void trouble_halves_it_below_its_bounds_and_it_grows_again_slowly() {
        for (int i = 0; i < 20; i++) {
            size.halve();
        }
        assertThat(size.rows()).isEqualTo(1);
        size.took(1, 1, 1);
        assertThat(size.rows()).isEqualTo(2);
        for (int i = 0; i < 200; i++) {
            pageAt(10);
        }
        assertThat(size.rows()).isEqualTo(1_000);
    }

    @Test
    void a_fixed_size_stays_but_for_trouble() {
        PageSize fixed = new PageSize(LIMITS.withRows(7, 7));
        fixed.took(7, 7, 1);
        assertThat(fixed.rows()).isEqualTo(7);
        fixed.took(7, 7, Duration.ofHours(1).toNanos());
        assertThat(fixed.rows()).isEqualTo(7);
        fixed.halve();
        assertThat(fixed.rows()).isEqualTo(3);
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> LIMITS.withRows(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LIMITS.withRows(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LIMITS.withTime(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private void pageAt(int rowsAMilli) {
        int rows = size.rows();
        size.took(rows, rows, Duration.ofMillis(1).toNanos() * rows / rowsAMilli);
    }
}
