package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells a listener how far a table is, not more often than a person can see, and never the same twice. */
final class ProgressMeter {

    private static final long INTERVAL_IN_NANOS = 200_000_000;

    private final ReencryptionListener listener;
    private final String table;
    private final long total;
    private final LongSupplier nanos;
    private final long startedAt;
    private long toldAt;
    private long done;
    private long told = -1;

    ProgressMeter(ReencryptionListener listener, String table, long total) {
        this(listener, table, total, System::nanoTime);
    }

    /** @param nanos a clock */
    ProgressMeter(ReencryptionListener listener, String table, long total, LongSupplier nanos) {
        this.listener = listener;
        this.table = table;
        this.total = total;
        this.nanos = nanos;
        startedAt = nanos.getAsLong();
        toldAt = startedAt - INTERVAL_IN_NANOS;
    }

    void add(int rows) {
        done += rows;
        if (rows > 0 && nanos.getAsLong() - toldAt >= INTERVAL_IN_NANOS) {
            tell();
        }
    }

    /** Tells the end, unless the last rows were told already; of an empty table that it has none. */
    void finish() {
        if (told != done) {
            tell();
        }
    }

    private void tell() {
        told = done;
        toldAt = nanos.getAsLong();
        double seconds = Math.max(toldAt - startedAt, 1) / 1e9;
        double perSecond = done / seconds;
        listener.progress(new Progress(table, done, total, perSecond, remaining(perSecond)));
    }

    private @Nullable Duration remaining(double perSecond) {
        return total < 0 || perSecond == 0
                ? null
                : Duration.ofMillis((long) (Math.max(total - done, 0) / perSecond * 1000));
    }
}
