package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.Nullable;

/** Whether a job ends before all is done, and why: what came first counts. Thread-safe. */
final class Ending {

    private @Nullable Throwable failure;
    private boolean tooManyFailures;

    synchronized void fail(Throwable newFailure) {
        if (failure == null) {
            failure = newFailure;
        }
    }

    synchronized void tooManyFailures() {
        tooManyFailures = true;
    }

    synchronized boolean isOver() {
        return tooManyFailures || failure != null;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    synchronized Report.End end(boolean allDone) {
        if (allDone) {
            return Report.End.DONE;
        }
        return tooManyFailures ? Report.End.TOO_MANY_FAILURES : Report.End.STOPPED;
    }
}
