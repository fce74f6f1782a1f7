package io.cipherfield.hibernate.reencrypt;

/**
 * Hears how far a job is: after a page, at most every 200 ms, and when a table is done, never twice with the same rows. Called
 * by the job's own thread.
 */
@FunctionalInterface
public interface ReencryptionListener {

    /** What it throws ends the job, behind the last page that was committed. */
    void progress(Progress progress);
}
