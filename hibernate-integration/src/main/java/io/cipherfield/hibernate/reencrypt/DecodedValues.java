package io.cipherfield.hibernate.reencrypt;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many values each legacy reader could decode, and how many not. Thread-safe. */
final class DecodedValues {

    private final Map<String, LongAdder> decoded = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();

    void decoded(String reader) {
        decoded.computeIfAbsent(reader, name -> new LongAdder()).increment();
    }

    void failed(String reader) {
        failed.computeIfAbsent(reader, name -> new LongAdder()).increment();
    }

    /**
     * The readers that fail on half of their values and more, but not on all: that is no damage. What they do decode passed by chance, and
     * would be rewritten as garbage. A single failure may be one of two values.
     */
    List<String> garbled() {
        return failed.entrySet().stream()
                .filter(reader -> isGarbled(reader.getKey(), reader.getValue().sum()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private boolean isGarbled(String reader, long failures) {
        LongAdder others = decoded.get(reader);
        return failures > 1 && others != null && failures >= others.sum();
    }
}
