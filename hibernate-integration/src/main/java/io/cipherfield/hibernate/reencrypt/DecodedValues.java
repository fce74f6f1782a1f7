package io.cipherfield.hibernate.reencrypt;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How many values each legacy reader could decode, and how many not. Thread-safe. */
final class DecodedValues {

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
     * would be rewritten as garbage. A single failure may be one of two values. The same goes for those that earlier runs left, by themselves, even for
     * one: of values that could not be read, a second password reads some by chance.
     */
    List<String> garbled() {
        return Stream.concat(
                        failed.keySet().stream()
                                .filter(reader -> sum(failed, reader) > 1 && failsOnHalf(decoded, failed, reader)),
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

    private static long sum(Map<String, LongAdder> counts, String reader) {
        LongAdder count = counts.get(reader);
        return count == null ? 0 : count.sum();
    }
}
