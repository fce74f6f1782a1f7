package io.cipherfield.hibernate.reencrypt;

import org.jboss.logging.Logger;

/**
 * Hears how far a job is: after a page, at most every 200 ms for each table, and when a table is done, never twice with the same rows; and
 * while the job waits, why it does. Called by one thread of the job at a time, which works on only when this returns.
 */
@FunctionalInterface
public interface ReencryptionListener {

    /** What it throws ends the job, behind the pages that were committed. */
    void progress(Progress progress);

    /** What a person should know before the job begins to write, or of how it runs; a warning in the log by default. */
    default void notice(String text) {
        Logger.getLogger(ReencryptionListener.class).warn(text);
    }
}
