package io.cipherfield.hibernate.reencrypt;

/**
 * Pauses, resumes and stops a job from another thread. A page that has begun is finished first. A control that was stopped
 * stays so, and stops each job that it is given to. Thread-safe.
 */
public final class ReencryptionControl {

    private volatile boolean paused;
    private volatile boolean stopped;

    /** Until {@link #resume()}; the job's connections stay open, without a transaction. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    /** Ends the job behind the pages that have begun, paused or not. It returns a report of what it did until then, and its next start goes on there. */
    public void stop() {
        stopped = true;
    }

    public boolean isPaused() {
        return paused && !stopped;
    }

    public boolean isStopped() {
        return stopped;
    }
}
