package io.cipherfield.benchmarks.orm;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The middle of several measurements and how far they spread. */
record Quartiles(double lower, double median, double upper) {

    static Quartiles of(DoubleStream values) {
        double[] sorted = values.toArray();
        Arrays.sort(sorted);
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    /** Between two measurements if the place falls there. */
    private static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
