package io.cipherfield.hibernate.reencrypt;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How many values each legacy reader could decode, and how many not. Thread-safe. */
final class DecodedValues {

    /** With more failures than these, some of what is decoded may be under the failures' password, and garbage. */
    private static final int FEW = 20;

    private static final double PASSES_BY_CHANCE = 1 / 256.0;
    private static final double NO_CHANCE = 1e-4;

    private final Map<String, LongAdder> decoded = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> decodedOfLeft = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failedOfLeft = new ConcurrentHashMap<>();

    void decoded(String reader) {
        count(decoded, reader);
    }

    void failed(String reader) {
        count(failed, reader);
    }

    /** Of a value that an earlier run left since it could not be read. */
    void decodedOfLeft(String reader) {
        count(decodedOfLeft, reader);
    }

    /** Of a value that an earlier run left since it could not be read. */
    void failedOfLeft(String reader) {
        count(failedOfLeft, reader);
    }

    private static void count(Map<String, LongAdder> counts, String reader) {
        counts.computeIfAbsent(reader, name -> new LongAdder()).increment();
    }

    /**
     * The readers that fail on half of their values and more, but not on all: that is no damage. What they do decode passed by chance, and
     * would be rewritten as garbage. A single failure may be one of two values; and in a small table, plaintexts that bear a reader's mark may be as many as its
     * values, which prove the password where more are decoded than chance would let pass. The same goes for those that earlier runs left, by themselves, even for
     * one: of values that could not be read, a second password reads some by chance.
     */
    List<String> garbled() {
        return Stream.concat(
                        failed.keySet().stream()
                                .filter(reader -> sum(failed, reader) > 1
                                        && failsOnHalf(decoded, failed, reader)
                                        && !isProven(reader)),
                        failedOfLeft.keySet().stream()
                                .filter(reader -> failsOnHalf(decodedOfLeft, failedOfLeft, reader)))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean failsOnHalf(Map<String, LongAdder> decoded, Map<String, LongAdder> failed, String reader) {
        long others = sum(decoded, reader);
        return others > 0 && sum(failed, reader) >= others;
    }

    /** Whether no wrong password would have let so many values pass beside so few that failed. */
    private boolean isProven(String reader) {
        long others = sum(decoded, reader);
        long failures = sum(failed, reader);
        if (failures > FEW) {
            return false;
        }
        // No less than the probability that so many pass or more: in how many ways they can be chosen, times that of
        // all of them.
        double chance = 1;
        for (int i = 0; i < others; i++) {
            chance *= (double) (failures + others - i) / (i + 1) * PASSES_BY_CHANCE;
        }
        return chance < NO_CHANCE;
    }

    private static long sum(Map<String, LongAdder> counts, String reader) {
        LongAdder count = counts.get(reader);
        return count == null ? 0 : count.sum();
    }
}
