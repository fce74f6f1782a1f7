package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.Nullable;

/** A part of a table that one worker at a time goes through, and how far it is. */
final class Part {

    private final TableWork table;
    private @Nullable Object after;

    Part(TableWork table) {
        this.table = table;
    }

    TableWork table() {
        return table;
    }

    /** The last key that is done, or null. */
    @Nullable
    Object after() {
        return after;
    }

    void moveTo(Object key) {
        after = key;
    }
}
