package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;

/**
 * Between which numbers of rows a page's size may move, and the time that it shall take.
 *
 * @param atLeast rows; only a page that met locks or time-outs is made smaller still
 * @param atMost rows
 */
record PageLimits(int atLeast, int atMost, Duration time) {

    static final PageLimits DEFAULT = new PageLimits(100, 10_000, Duration.ofMillis(250));

    PageLimits {
        if (atLeast < 1) {
            throw new IllegalArgumentException("A page must have one row at least, not " + atLeast);
        }
        if (atMost < atLeast) {
            throw new IllegalArgumentException(
                    "A page cannot have " + atLeast + " rows at least and " + atMost + " at most");
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A page must have more time than " + time);
        }
    }

    PageLimits withRows(int newAtLeast, int newAtMost) {
        return new PageLimits(newAtLeast, newAtMost, time);
    }

    PageLimits withTime(Duration newTime) {
        return new PageLimits(atLeast, atMost, newTime);
    }
}
