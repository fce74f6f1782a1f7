package io.cipherfield.spring;

import io.cipherfield.hibernate.reencrypt.Progress;
import io.cipherfield.hibernate.reencrypt.ReencryptionListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.commons.logging.LogFactory;

/** Tells how far a job is: in one line that is drawn over on a terminal, in a line of the log every few seconds elsewhere. */
final class JobProgress implements ReencryptionListener, AutoCloseable {

    /** A line that a narrow terminal breaks cannot be drawn over. */
    private static final int TERMINAL_IN_CHARS = 79;

    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LOG = Duration.ofSeconds(5);

    private final Consumer<Progress> line;
    private final Runnable end;
    private final long intervalInNanos;
    private final LongSupplier nanoTime;
    private long last;
    private boolean open;

    private JobProgress(Consumer<Progress> line, Runnable end, Duration interval, LongSupplier nanoTime) {
        this.line = line;
        this.end = end;
        this.intervalInNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    static JobProgress to(PrintStream out) {
        return Terminal.isPresent()
                ? onTerminal(out, System::nanoTime)
                : inLog(LogFactory.getLog(JobProgress.class)::info, System::nanoTime);
    }

    static JobProgress onTerminal(PrintStream out, LongSupplier nanoTime) {
        return new JobProgress(
                progress -> {
                    // ESC [ K clears what a longer line left behind.
                    out.print("\r" + ProgressText.within(TERMINAL_IN_CHARS, progress) + "\u001b[K");
                    out.flush();
                },
                out::println,
                REDRAW,
                nanoTime);
    }

    static JobProgress inLog(Consumer<String> log, LongSupplier nanoTime) {
        return new JobProgress(progress -> log.accept(ProgressText.of(progress)), () -> {}, LOG, nanoTime);
    }

    @Override
    public synchronized void progress(Progress progress) {
        long now = nanoTime.getAsLong();
        if (now - last >= intervalInNanos) {
            last = now;
            open = true;
            line.accept(progress);
        }
    }

    /** Ends the line that is drawn over. */
    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            end.run();
        }
    }
}
