package io.cipherfield.hibernate.reencrypt;

/**
 * The rows of a table's next page: as many as take the time that a page shall take, known from the pages before. Shared by the
 * workers of the table. Thread-safe.
 */
final class PageSize {

    private static final int FIRST = 1_000;

    private final PageLimits limits;
    private int rows;
    private int ceiling;

    PageSize(PageLimits limits) {
        this.limits = limits;
        this.rows = Math.max(limits.atLeast(), Math.min(FIRST, limits.atMost()));
        this.ceiling = limits.atMost();
    }

    synchronized int rows() {
        return Math.min(rows, ceiling);
    }

    /** @param read fewer than asked for at a range's end, and where values are large: this is no reason to grow */
    synchronized void took(int asked, int read, long nanos) {
        ceiling = Math.min(limits.atMost(), ceiling + ceiling / 10 + 1);
        if (read == 0) {
            return;
        }
        double fitting = (double) read * limits.time().toNanos() / Math.max(nanos, 1);
        int next = (int) Math.max(asked / 2.0, Math.min(fitting, asked * 2.0));
        if (read == asked || next < asked) {
            rows = Math.max(limits.atLeast(), Math.min(next, limits.atMost()));
        }
    }

    /** After a time-out or repeated deadlocks: also below the least size, and it grows again only slowly. */
    synchronized void halve() {
        ceiling = Math.max(1, rows() / 2);
    }
}
