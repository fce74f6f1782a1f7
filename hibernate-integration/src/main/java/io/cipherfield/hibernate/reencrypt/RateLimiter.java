package io.cipherfield.hibernate.reencrypt;

/**
 * One budget of rows for all workers. Each page books its time behind the pages before it; time that nobody used is gone, so
 * that no burst follows a pause. Thread-safe.
 */
final class RateLimiter {

    static final int UNLIMITED = 0;

    /** A page holds at most as many rows as may be read in this time, or the database would see bursts. */
    private static final int PAGES_A_SECOND = 4;

    private final int rowsPerSecond;
    private long freeAt;

    /** @param now in nanoseconds, as at each later call */
    RateLimiter(int rowsPerSecond, long now) {
        this.rowsPerSecond = rowsPerSecond;
        this.freeAt = now;
    }

    /** @return when the page may start */
    synchronized long book(int rows, long now) {
        if (rowsPerSecond == UNLIMITED) {
            return now;
        }
        long startsAt = freeAt - now > 0 ? freeAt : now;
        freeAt = startsAt + nanosFor(rows);
        return startsAt;
    }

    /** For a page that was shorter than booked. */
    synchronized void giveBack(int rows) {
        freeAt -= nanosFor(rows);
    }

    /** The page's size that lets rows flow rather than come in bursts. */
    int smooth(int rows) {
        return rowsPerSecond == UNLIMITED ? rows : Math.max(1, Math.min(rows, rowsPerSecond / PAGES_A_SECOND));
    }

    private long nanosFor(int rows) {
        return rowsPerSecond == UNLIMITED ? 0 : rows * 1_000_000_000L / rowsPerSecond;
    }
}
