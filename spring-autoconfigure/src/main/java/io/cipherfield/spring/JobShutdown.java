package io.cipherfield.spring;

import io.cipherfield.hibernate.reencrypt.ReencryptionControl;
import java.util.concurrent.CountDownLatch;

/**
 * What SIGTERM and SIGINT do to a job: it finishes the pages that have begun, prints its report, and the process ends with the
 * job's status instead of the signal's.
 */
final class JobShutdown {

    private final ReencryptionControl control = new ReencryptionControl();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int status;

    static JobShutdown install() {
        JobShutdown shutdown = new JobShutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::await, "cipherfield-shutdown"));
        return shutdown;
    }

    ReencryptionControl control() {
        return control;
    }

    /** Ends the process. Where a signal came first this never returns, and the signal's thread ends it. */
    void exit(int newStatus) {
        status = newStatus;
        ended.countDown();
        System.exit(newStatus);
    }

    private void await() {
        if (ended.getCount() == 0) {
            return;
        }
        control.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }
}
