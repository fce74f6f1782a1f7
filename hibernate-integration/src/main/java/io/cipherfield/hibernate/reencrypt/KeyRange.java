package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.Nullable;

/**
 * A part of a table in the order of its key. A bound may have fewer parts than the key has, and then speaks of all rows that
 * begin with it.
 *
 * @param after before the first row; null if the range begins where the table does
 * @param upTo the last row; null if the range ends where the table does, wherever that is by then
 */
record KeyRange(@Nullable KeyValue after, @Nullable KeyValue upTo) {

    static final KeyRange ALL = new KeyRange(null, null);
}
