package io.cipherfield.benchmarks.rotation;

import io.cipherfield.benchmarks.database.Database;
import java.util.List;
import java.util.stream.IntStream;

/** One contender's turn. */
record Pass(double rowsPerSecond, long heapGrowthInMebibytes) {

    static Pass of(Contender contender, Database database, Rings rings, int rows) {
        database.settle(Account.TABLE);
        try (HeapGauge heap = new HeapGauge()) {
            long start = System.nanoTime();
            long done = contender.run(database, rings, rows);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Pass(done / seconds, heap.growth());
        }
    }

    static double medianOf(List<Pass> passes, Figure figure) {
        double[] sorted = IntStream.range(0, passes.size())
                .mapToDouble(round -> figure.of(passes.get(round), round))
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Of a pass and the number of its round. */
    interface Figure {
        double of(Pass pass, int round);
    }
}
