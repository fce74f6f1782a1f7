package io.cipherfield.hibernate.reencrypt;

import java.util.ArrayList;
import java.util.List;

/** Lets several workers work at once. The thread that started the job is the first one, so that it can be interrupted. */
final class Workers {

    private Workers() {}

    /** @param connections one for each worker; the first stays open */
    static void work(Run run, List<WorkerConnection> connections) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < connections.size(); i++) {
            WorkerConnection connection = connections.get(i);
            Thread thread = new Thread(() -> workAndClose(run, connection), "cipherfield-worker-" + (i + 1));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        new Worker(run, connections.get(0)).work();
        join(run, threads);
    }

    private static void workAndClose(Run run, WorkerConnection connection) {
        try (connection) {
            new Worker(run, connection).work();
        }
    }

    /** An interruption ends the job too, but never leaves workers behind. */
    private static void join(Run run, List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    run.ending()
                            .fail(new ReencryptionException(
                                    "The job was interrupted. What it has committed stays; run it again to go on."));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
