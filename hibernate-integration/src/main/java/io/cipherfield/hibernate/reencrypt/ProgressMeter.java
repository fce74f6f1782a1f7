package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells a listener how far a table is, not more often than a person can see. */
final class ProgressMeter {

    private static final long INTERVAL_IN_NANOS = 200_000_000;

    private final ReencryptionListener listener;
    private final String table;
    private final long total;
    private final long startedAt = System.nanoTime();
    private long toldAt = startedAt - INTERVAL_IN_NANOS;
    private long done;

    ProgressMeter(ReencryptionListener listener, String table, long total) {
        this.listener = listener;
        this.table = table;
        this.total = total;
    }

    void add(int rows) {
        done += rows;
        if (System.nanoTime() - toldAt >= INTERVAL_IN_NANOS) {
            tell();
        }
    }

    void finish() {
        tell();
    }

    private void tell() {
        toldAt = System.nanoTime();
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
