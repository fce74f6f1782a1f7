package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is in one table.
 *
 * @param table as SQL names it
 * @param rowsDone rows that were looked at and, in a run, committed; by earlier attempts too
 * @param rowsTotal rows that the table had when the job reached it, or -1 if unknown
 * @param rowsPerSecond since this attempt reached the table
 * @param remaining for this table at this speed, or null if unknown
 * @param waitingFor why the job does not go on at this moment, for example because it is paused or throttled; null if it does
 */
public record Progress(
        String table,
        long rowsDone,
        long rowsTotal,
        double rowsPerSecond,
        @Nullable Duration remaining,
        @Nullable String waitingFor) {

    /** Of a job that goes on. */
    public Progress(String table, long rowsDone, long rowsTotal, double rowsPerSecond, @Nullable Duration remaining) {
        this(table, rowsDone, rowsTotal, rowsPerSecond, remaining, null);
    }
}
