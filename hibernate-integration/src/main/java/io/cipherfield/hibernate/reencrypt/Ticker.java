package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The passing of time, so that a test can let it pass. */
interface Ticker {

    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };

    /** As {@link System#nanoTime}: only differences mean something. */
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
