package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.Nullable;

/** A part of a table that one worker at a time goes through, and how far it is. */
final class Part {

    private final TableWork table;
    private final KeyRange range;
    private @Nullable Position at;
    private PageJob.@Nullable Done committing;

    /** @param at where to go on */
    Part(TableWork table, KeyRange range, Position at) {
        this.table = table;
        this.range = range;
        this.at = at;
    }

    TableWork table() {
        return table;
    }

    KeyRange range() {
        return range;
    }

    /** Where the next page begins; null if the part is done. */
    @Nullable
    Position at() {
        return at;
    }

    /** The page that a commit of unknown outcome was to write: whoever takes the part next asks the ledger first. */
    PageJob.@Nullable Done committing() {
        return committing;
    }

    void committing(PageJob.@Nullable Done page) {
        committing = page;
    }

    void moveTo(@Nullable Position next) {
        at = next;
    }
}
