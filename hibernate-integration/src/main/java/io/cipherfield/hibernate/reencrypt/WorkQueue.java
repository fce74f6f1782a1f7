package io.cipherfield.hibernate.reencrypt;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts that no worker has taken yet. Each worker goes to the table that has the fewest workers, so that no table waits for
 * a larger one. Thread-safe.
 */
final class WorkQueue {

    private final Map<TableWork, Deque<Part>> waiting = new LinkedHashMap<>();
    private final Map<TableWork, Integer> workersAt = new HashMap<>();
    private int workers;
    private int undone;

    /** @param workers that will take parts, each until there are none */
    WorkQueue(List<Part> parts, int workers) {
        parts.forEach(part -> waiting.computeIfAbsent(part.table(), table -> new ArrayDeque<>())
                .add(part));
        this.undone = parts.size();
        this.workers = workers;
    }

    /** @return null if the worker is not needed any more */
    synchronized @Nullable Part take() {
        TableWork table = waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .min(Comparator.comparingInt(one -> workersAt.getOrDefault(one, 0)))
                .orElse(null);
        if (table == null) {
            workers--;
            return null;
        }
        workersAt.merge(table, 1, Integer::sum);
        return waiting.getOrDefault(table, new ArrayDeque<>()).poll();
    }

    synchronized void done(Part part) {
        undone--;
        workersAt.merge(part.table(), -1, Integer::sum);
    }

    /** Lets a worker go that can do no more. @return false if it is the last one, so that nobody would do its part */
    synchronized boolean leave(Part part) {
        if (workers == 1) {
            return false;
        }
        workers--;
        workersAt.merge(part.table(), -1, Integer::sum);
        waiting.computeIfAbsent(part.table(), table -> new ArrayDeque<>()).addFirst(part);
        return true;
    }

    synchronized boolean allDone() {
        return undone == 0;
    }
}
