package io.cipherfield.hibernate.internal.hazard;

/**
 * Something about a table that whoever rewrites or counts its values should know first.
 *
 * @param table that has it, as the database names it; of a partition or a view's table, that one
 * @param text what it is, to stand behind the table's name
 */
public record Hazard(Kind kind, String table, String text) {

    /** What it means for a job. */
    public enum Kind {
        /** Each update of a row does more: a trigger, a rule. Or whether there is one cannot be seen. */
        TRIGGER,
        /** Each update of a row leaves the old value behind, which no job rewrites. */
        HISTORY,
        /** The database would refuse updates. */
        REFUSES_UPDATES,
        /** Rows that exist are not shown to this user. */
        HIDES_ROWS,
        /** It is not the table itself: what is beneath it, or on another server, is not looked at. */
        NOT_A_TABLE,
        /** Good to know, and no reason to stop. */
        NOTICE
    }

    @Override
    public String toString() {
        return table + ": " + text;
    }
}
