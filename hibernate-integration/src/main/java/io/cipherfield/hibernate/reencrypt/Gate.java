package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What every worker passes before each page: here a job waits, for whatever reason. Thread-safe. */
final class Gate {

    static final String PAUSED = "paused";

    private static final Duration SLICE = Duration.ofMillis(50);
    private static final long THROTTLE_ASKED_EVERY_NANOS = 1_000_000_000;

    private final Ticker ticker;
    private final RateLimiter limiter;
    private final ReencryptionControl control;
    private final Throttle throttle;
    private final BooleanSupplier ended;
    private @Nullable String throttled;
    private long throttleAskedAt;
    private boolean throttleAsked;

    /** @param ended whether the job is over, for a reason of its own */
    Gate(Ticker ticker, RateLimiter limiter, ReencryptionControl control, Throttle throttle, BooleanSupplier ended) {
        this.ticker = ticker;
        this.limiter = limiter;
        this.control = control;
        this.throttle = throttle;
        this.ended = ended;
    }

    /**
     * Waits until a page of so many rows may begin.
     *
     * @param waiting hears again and again why it waits
     * @return false if the job is to end instead
     */
    boolean pass(int rows, Consumer<String> waiting) throws InterruptedException {
        if (!held(waiting)) {
            return false;
        }
        long startsAt = limiter.book(rows, ticker.nanos());
        for (long left = startsAt - ticker.nanos(); left > 0; left = startsAt - ticker.nanos()) {
            if (isOver()) {
                return false;
            }
            ticker.sleep(Duration.ofNanos(Math.min(left, SLICE.toNanos())));
        }
        return held(waiting);
    }

    private boolean held(Consumer<String> waiting) throws InterruptedException {
        while (!isOver()) {
            String reason = control.isPaused() ? PAUSED : throttled();
            if (reason == null) {
                return true;
            }
            waiting.accept(reason);
            ticker.sleep(SLICE);
        }
        return false;
    }

    private synchronized @Nullable String throttled() {
        long now = ticker.nanos();
        if (!throttleAsked || now - throttleAskedAt >= THROTTLE_ASKED_EVERY_NANOS) {
            throttled = throttle.reason();
            throttleAsked = true;
            throttleAskedAt = now;
        }
        return throttled;
    }

    boolean isOver() {
        return control.isStopped() || ended.getAsBoolean();
    }

    /** Rows that were booked and did not come. */
    void giveBack(int rows) {
        limiter.giveBack(rows);
    }

    int smooth(int rows) {
        return limiter.smooth(rows);
    }
}
