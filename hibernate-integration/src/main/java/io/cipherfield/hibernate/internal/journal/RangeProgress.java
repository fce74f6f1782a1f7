package io.cipherfield.hibernate.internal.journal;

import org.jspecify.annotations.Nullable;

/**
 * How far a range is, as of its last committed page.
 *
 * @param reached the encoded key of the last row that is done, or null before the first page
 * @param pages how many were committed, over all attempts; {@link Lease#advance} finds by it that somebody else was there
 * @param counts over all attempts
 */
public record RangeProgress(
        long id, PlannedRange range, @Nullable String reached, boolean done, long pages, Counts counts) {

    /** Behind which the next page begins: what was reached, or the range's own beginning. */
    public @Nullable String next() {
        return reached == null ? range.after() : reached;
    }

    RangeProgress advanced(@Nullable String position, boolean nowDone, Counts delta) {
        return new RangeProgress(id, range, position, nowDone, pages + 1, counts.plus(delta));
    }
}
