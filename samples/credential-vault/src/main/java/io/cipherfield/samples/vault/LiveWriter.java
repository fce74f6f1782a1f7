package io.cipherfield.samples.vault;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.PessimisticLockingFailureException;

/** Changes passwords, one after the other and each in a transaction of its own, and remembers what it has committed. */
final class LiveWriter implements AutoCloseable {

    private static final String PREFIX = "warehouse-";

    private final AtomicIntegerArray changes;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong waited = new AtomicLong();
    private final Thread thread = new Thread(this::write, "writer");
    private volatile DemoVault vault;
    private volatile boolean stopped;

    LiveWriter(DemoVault vault, int rows) {
        this.vault = vault;
        this.changes = new AtomicIntegerArray(rows);
        thread.start();
    }

    /** As a client does when the instance that it used goes away. */
    void moveTo(DemoVault next) {
        vault = next;
    }

    private void write() {
        SplittableRandom random = new SplittableRandom(1);
        while (!stopped) {
            long id = 1L + random.nextInt(changes.length());
            try {
                int[] changed = {-1};
                vault.update(id, connection -> {
                    changed[0] = number(connection.name());
                    connection.changePassword(password(changed[0], changes.get(changed[0]) + 1));
                });
                if (changed[0] >= 0) {
                    changes.incrementAndGet(changed[0]);
                    done.incrementAndGet();
                }
            } catch (PessimisticLockingFailureException e) {
                // A page of the job had the row. Nothing was changed; it is this writer's turn again soon.
                waited.incrementAndGet();
            }
        }
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(PREFIX.length()));
    }

    private static String password(int number, int change) {
        return change == 0 ? "password-" + number : "changed-" + change + "-" + number;
    }

    /** Whether the password is the last one that was committed. */
    boolean isUpToDate(Credentials credentials) {
        int number = number(credentials.name());
        return password(number, changes.get(number)).equals(credentials.password());
    }

    long done() {
        return done.get();
    }

    /** How often a change met a row that a page of the job had locked for too long. */
    long waited() {
        return waited.get();
    }

    @Override
    public void close() {
        stopped = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
