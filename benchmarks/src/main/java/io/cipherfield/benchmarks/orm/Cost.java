package io.cipherfield.benchmarks.orm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What one unit took, in nanoseconds: as a clock on the wall shows it, and of this thread's processor alone. */
record Cost(double wall, double cpu) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Cost of(Runnable work, int units) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        work.run();
        wall = System.nanoTime() - wall;
        cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        return new Cost((double) wall / units, (double) cpu / units);
    }
}
