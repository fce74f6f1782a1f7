package io.cipherfield.benchmarks.value;

import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of one value and prints them as ratios, in Markdown. */
public final class ValueReport {

    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final int[] SIZES = {16, 64, 1024};

    private final Map<String, RunResult> results = new HashMap<>();

    private ValueReport(Collection<RunResult> runs) {
        for (RunResult run : runs) {
            String[] name = run.getParams().getBenchmark().split("\\.");
            String candidate = run.getParams().getParam("candidate");
            results.put(key(name[name.length - 1], candidate, run.getParams().getParam("size")), run);
        }
    }

    public static void print(PrintStream out) throws Exception {
        Collection<RunResult> runs = new Runner(new OptionsBuilder()
                        .include(FieldBenchmark.class.getName())
                        .include(IndexBenchmark.class.getName())
                        .forks(2)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(400))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        new ValueReport(runs).printTables(out);
    }

    private void printTables(PrintStream out) throws Exception {
        out.printf("%nJDK %s, %s%n", Runtime.version(), System.getProperty("os.arch"));
        for (int size : SIZES) {
            out.printf("%n### %d bytes%n%n", size);
            out.println(
                    "| | encrypt | decrypt | allocated beyond the result, encrypt / decrypt (bytes) | stored bytes |");
            out.println("|---|---|---|---|---|");
            for (Candidate candidate : Candidate.values()) {
                printRow(out, candidate, size);
            }
        }
        out.printf(
                "%n### Blind index%n%n| value (bytes) | Cipherfield, ratio to Tink's HMAC_SHA256_PRF |%n|---|---|%n");
        for (int size : SIZES) {
            double ratio = median("cipherfield", null, size) / median("tinkPrf", null, size);
            out.printf("| %d | %.2f |%n", size, ratio);
        }
    }

    private void printRow(PrintStream out, Candidate candidate, int size) throws Exception {
        int stored = candidate.cipher().encrypt(new byte[size]).length;
        out.printf(
                "| %s | %.2f | %.2f | %.0f / %.0f | %d |%n",
                candidate.title(),
                median("encrypt", candidate, size) / median("encrypt", Candidate.RAW_GCM, size),
                median("decrypt", candidate, size) / median("decrypt", Candidate.RAW_GCM, size),
                allocated("encrypt", candidate, size) - arraySize(stored),
                allocated("decrypt", candidate, size) - arraySize(size),
                stored);
    }

    /** An array's own size on the heap: a header of 16 bytes, rounded up to 8. */
    private static int arraySize(int length) {
        return (16 + length + 7) / 8 * 8;
    }

    private double median(String method, @Nullable Candidate candidate, int size) {
        return result(method, candidate, size)
                .getPrimaryResult()
                .getStatistics()
                .getPercentile(50);
    }

    private double allocated(String method, Candidate candidate, int size) {
        Result<?> allocation =
                result(method, candidate, size).getSecondaryResults().get(ALLOCATION);
        if (allocation == null) {
            throw new IllegalStateException("JMH's GC profiler gave no figure");
        }
        return allocation.getScore();
    }

    private RunResult result(String method, @Nullable Candidate candidate, int size) {
        String key = key(method, candidate == null ? null : candidate.name(), Integer.toString(size));
        RunResult result = results.get(key);
        if (result == null) {
            throw new IllegalStateException("No result for " + key + ": a benchmark failed");
        }
        return result;
    }

    private static String key(String method, @Nullable String candidate, String size) {
        return method + "/" + candidate + "/" + size;
    }
}
