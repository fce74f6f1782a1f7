package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener how far a table is, not more often than a person can see, and never the same twice unless it waits.
 * Thread-safe.
 */
final class ProgressMeter {

    private static final long INTERVAL_IN_NANOS = 200_000_000;

    private final ReencryptionListener listener;
    private final String table;
    private final LongSupplier nanos;
    private final long doneBefore;
    private final long startedAt;
    private final long total;
    private long toldAt;
    private long done;
    private long told = -1;

    /**
     * @param total rows, or -1 if unknown
     * @param doneBefore rows that earlier attempts did
     */
    ProgressMeter(ReencryptionListener listener, String table, long total, long doneBefore) {
        this(listener, table, total, doneBefore, System::nanoTime);
    }

    /** @param nanos a clock */
    ProgressMeter(ReencryptionListener listener, String table, long total, long doneBefore, LongSupplier nanos) {
        this.listener = listener;
        this.table = table;
        this.total = total;
        this.doneBefore = doneBefore;
        this.nanos = nanos;
        this.startedAt = nanos.getAsLong();
        this.toldAt = startedAt - INTERVAL_IN_NANOS;
    }

    synchronized void add(long rows) {
        done += rows;
        if (rows > 0 && isTime()) {
            tell(null);
        }
    }

    synchronized void waiting(String reason) {
        if (isTime()) {
            tell(reason);
        }
    }

    /** Tells the end, unless the last rows were told already; of an empty table that it has none. */
    synchronized void finish() {
        if (told != done) {
            tell(null);
        }
    }

    private boolean isTime() {
        return nanos.getAsLong() - toldAt >= INTERVAL_IN_NANOS;
    }

    private void tell(@Nullable String waitingFor) {
        told = done;
        toldAt = nanos.getAsLong();
        double seconds = Math.max(toldAt - startedAt, 1) / 1e9;
        double perSecond = done / seconds;
        listener.progress(new Progress(table, doneBefore + done, total, perSecond, remaining(perSecond), waitingFor));
    }

    private @Nullable Duration remaining(double perSecond) {
        return total < 0 || perSecond == 0
                ? null
                : Duration.ofMillis((long) (Math.max(total - doneBefore - done, 0) / perSecond * 1000));
    }
}
