package io.cipherfield.hibernate.internal.startup;

import org.jspecify.annotations.Nullable;

/**
 * A column as the database describes it.
 *
 * @param name without quotes, in its true letter case
 * @param type as SQL has it, for example {@code varchar(20)}
 * @param capacity the longest value, in characters or bytes; {@link Long#MAX_VALUE} where there is no limit
 * @param defaultValue null if there is none, or null is it
 * @param collation null where it is the database's own
 * @param blurred whether texts that are not the same compare as equal, by their letter case say
 */
record RealColumn(
        String name,
        ColumnKind kind,
        String type,
        long capacity,
        boolean nullable,
        @Nullable String defaultValue,
        boolean generated,
        String comment,
        @Nullable String collation,
        boolean blurred) {

    RealColumn blurring() {
        return new RealColumn(name, kind, type, capacity, nullable, defaultValue, generated, comment, collation, true);
    }
}
