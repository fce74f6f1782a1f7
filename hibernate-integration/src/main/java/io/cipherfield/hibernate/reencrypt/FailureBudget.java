package io.cipherfield.hibernate.reencrypt;

/** How many values may fail before a run ends. Shared by all workers; thread-safe. */
final class FailureBudget {

    private final long limit;
    private long used;

    /** @param used by earlier attempts of the run */
    FailureBudget(long limit, long used) {
        this.limit = limit;
        this.used = used;
    }

    /** Takes all of them or nothing. A page that is rolled back gives them back. */
    synchronized boolean take(int failures) {
        if (failures > 0 && used + failures > limit) {
            return false;
        }
        used += failures;
        return true;
    }

    synchronized void giveBack(int failures) {
        used -= failures;
    }

    synchronized long left() {
        return Math.max(limit - used, 0);
    }

    long limit() {
        return limit;
    }
}
