package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.Nullable;

/**
 * How far a job is in a range. Immutable.
 *
 * @param pass how often the range was gone through before: see {@link MovingRows}
 * @param missed whether rows moved in this pass, so that another one looks for what was passed by
 * @param after the last row that is done; null at the start of the pass
 */
record Position(int pass, boolean missed, @Nullable KeyValue after) {

    static final Position START = new Position(0, false, null);

    Position behind(@Nullable KeyValue last, boolean nowMissed) {
        return new Position(pass, missed || nowMissed, last);
    }
}
