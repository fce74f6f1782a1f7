package io.cipherfield.internal.cipher;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Keeps a bounded number of idle objects that are dear to make and that one thread at a time may use. There is no
 * thread-local, so that ten thousand virtual threads leave no more behind than a few platform threads do. A thread that
 * finds the pool empty makes an object of its own and never waits.
 */
public final class Pool<T> {

    private static final int SLOTS = slots(Runtime.getRuntime().availableProcessors());
    private static final int PROBES = 4;
    /** Neighbouring slots would share a cache line. */
    private static final int STRIDE = 16;

    private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(SLOTS * STRIDE);
    private final Supplier<T> factory;

    public Pool(Supplier<T> factory) {
        this.factory = factory;
    }

    private static int slots(int processors) {
        return Math.max(8, Integer.highestOneBit(processors) * 4);
    }

    public T take() {
        int start = home();
        for (int i = 0; i < PROBES; i++) {
            T found = idle.getAndSet(index(start + i), null);
            if (found != null) {
                return found;
            }
        }
        return factory.get();
    }

    /** Never to be called with an object whose use ended in an exception: its state is unknown, so it is dropped. */
    public void giveBack(T object) {
        int start = home();
        for (int i = 0; i < PROBES; i++) {
            if (idle.compareAndSet(index(start + i), null, object)) {
                return;
            }
        }
    }

    private static int index(int slot) {
        return (slot & (SLOTS - 1)) * STRIDE;
    }

    private static int home() {
        long id = Thread.currentThread().getId();
        return (int) ((id * 0x9E3779B97F4A7C15L) >>> 40);
    }
}
