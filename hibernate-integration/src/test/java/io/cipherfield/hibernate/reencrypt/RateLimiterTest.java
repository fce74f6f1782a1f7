package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final long START = 77;

    private final RateLimiter limiter = new RateLimiter(1_000, START);

    @Test
    void pages_follow_each_other_at_the_rate_whoever_books_them() {
        assertThat(limiter.book(500, START)).isEqualTo(START);
        assertThat(limiter.book(250, START)).isEqualTo(after(500));
        assertThat(limiter.book(250, after(100))).isEqualTo(after(750));
        assertThat(limiter.book(1, after(100))).isEqualTo(after(1_000));
    }

    @Test
    void no_burst_follows_a_pause() {
        limiter.book(500, START);
        long muchLater = after(60_000);
        assertThat(limiter.book(500, muchLater)).isEqualTo(muchLater);
        assertThat(limiter.book(500, muchLater)).isEqualTo(after(60_500));
    }

    @Test
    void rows_that_did_not_come_are_free_for_others() {
        limiter.book(500, START);
        limiter.giveBack(400);
        assertThat(limiter.book(1, START)).isEqualTo(after(100));
    }

    @Test
    void what_was_given_back_late_makes_no_credit() {
        limiter.book(500, START);
        limiter.giveBack(500);
        limiter.giveBack(500);
        assertThat(limiter.book(100, after(1_000))).isEqualTo(after(1_000));
        assertThat(limiter.book(100, after(1_000))).isEqualTo(after(1_100));
    }

    @Test
    void a_low_rate_makes_small_pages() {
        assertThat(limiter.smooth(10_000)).isEqualTo(250);
        assertThat(limiter.smooth(10)).isEqualTo(10);
        assertThat(new RateLimiter(1, START).smooth(10_000)).isEqualTo(1);
    }

    @Test
    void without_a_limit_nobody_waits() {
        RateLimiter unlimited = new RateLimiter(RateLimiter.UNLIMITED, START);
        assertThat(unlimited.book(1_000_000, START)).isEqualTo(START);
        assertThat(unlimited.book(1_000_000, START)).isEqualTo(START);
        assertThat(unlimited.smooth(10_000)).isEqualTo(10_000);
    }

    private static long after(long millis) {
        return START + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
