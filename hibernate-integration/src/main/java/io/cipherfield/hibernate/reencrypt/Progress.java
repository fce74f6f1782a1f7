package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is in one table.
 *
 * @param table as SQL names it
 * @param rowsDone rows that were looked at and, in a run, committed
 * @param rowsTotal rows that the table had when the job reached it, or -1 if unknown
 * @param rowsPerSecond since the job reached the table
 * @param remaining for this table at this speed, or null if unknown
 */
public record Progress(
        String table,
        long rowsDone,
        long rowsTotal,
        double rowsPerSecond,
        @Nullable Duration remaining) {}
