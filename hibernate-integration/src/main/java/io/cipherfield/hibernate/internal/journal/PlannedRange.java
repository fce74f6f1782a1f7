package io.cipherfield.hibernate.internal.journal;

import org.jspecify.annotations.Nullable;

/**
 * Rows of one table that one worker at a time goes through: those behind one key, up to and with another.
 *
 * @param table as SQL names it, at most {@value #LONGEST_NAME} characters
 * @param after an encoded key, or null from the first row on
 * @param upTo an encoded key, or null to the last row
 */
public record PlannedRange(
        String table, @Nullable String after, @Nullable String upTo) {

    static final int LONGEST_NAME = 500;

    public PlannedRange {
        refuseEmpty(after);
        refuseEmpty(upTo);
    }

    /** Oracle stores it as null, which would mean an open end. */
    static void refuseEmpty(@Nullable String encodedKey) {
        if (encodedKey != null && encodedKey.isEmpty()) {
            throw new IllegalArgumentException("An encoded key is never empty");
        }
    }
}
