package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.internal.journal.Lease;
import io.cipherfield.hibernate.internal.journal.LeaseLostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The working part of a job: shares the tables among workers, and says what they did. For one thread, once. */
final class JobRun {

    private final JobSettings settings;
    private final Mode mode;
    private final Deciders deciders;
    private final Tables tables;
    private final DatabaseKind database;
    private final Connections connections;
    private final WorkerConnection first;
    private final long startedAt = System.nanoTime();
    private final Tally tally = new Tally();
    private final Ending ending = new Ending();
    private final List<String> notes = new ArrayList<>();

    /** @param first the connection of the first worker, which the caller closes */
    JobRun(
            JobSettings settings,
            Mode mode,
            JobPlan plan,
            Deciders deciders,
            Connections connections,
            WorkerConnection first) {
        this.settings = settings;
        this.mode = mode;
        this.deciders = deciders;
        this.tables = new Tables(settings, mode, plan, deciders);
        this.database = plan.database();
        this.connections = connections;
        this.first = first;
    }

    /**
     * Of a job that writes nothing.
     *
     * @param mostFailures with one more, it ends
     */
    Report look(long mostFailures) throws SQLException {
        FailureBudget budget = new FailureBudget(mostFailures, 0);
        boolean allDone = work(tables.parts(first.get()), Ledger.NONE, budget, connection -> {});
        if (allDone && mode.looksAtContexts()) {
            notes.addAll(tally.formerValues().notes());
        }
        return report(allDone, tally.counts(), tally.failures(), 1);
    }

    /** Goes on with what the lease is of, whatever happens then: what is committed is in its journal. */
    @SuppressWarnings("IllegalCatch")
    Report write(Lease lease, PositionCode positions, Runnable beforeTheFirstPage) throws SQLException {
        if (lease.replaced() != null) {
            notes.add(lease.replaced());
        }
        RunJournal journal = new RunJournal(lease, positions);
        try {
            beforeTheFirstPage.run();
            boolean allDone;
            List<Part> parts;
            // Also while the ranges are cut, which takes long in large tables.
            try (Heartbeat heartbeat = Heartbeat.start(lease, connections, ending)) {
                parts = tables.parts(first.get(), journal, heartbeat::helpOut);
                long failed = journal.counts(first.get()).failed();
                FailureBudget budget = new FailureBudget(settings.failureLimit(), failed);
                allDone = work(parts, journal, budget, heartbeat::helpOut);
            }
            // Idle since its last part, which may be long ago.
            first.refresh();
            journal.end(first.get(), allDone, tables.shapes());
            return report(
                            allDone,
                            journal.counts(first.get()),
                            journal.failures(first.get(), Report.FAILURES_KEPT),
                            lease.attempts())
                    .writtenBy(strategies(parts));
        } catch (InterruptedException e) {
            release(journal);
            Thread.currentThread().interrupt();
            throw new ReencryptionException(
                    "The job was interrupted. What it has committed stays; run it again to go on.");
        } catch (SQLException | RuntimeException | Error e) {
            release(journal);
            throw e;
        }
    }

    private static List<String> strategies(List<Part> parts) {
        Map<String, Set<String>> tables = new TreeMap<>();
        for (Part part : parts) {
            PageJob pages = part.table().pages();
            if (pages != null) {
                tables.computeIfAbsent(pages.strategy(), key -> new TreeSet<>())
                        .add(part.table().shape().table().name());
            }
        }
        return tables.entrySet().stream()
                .map(entry -> "written by " + entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .toList();
    }

    private boolean work(List<Part> parts, Ledger ledger, FailureBudget budget, Consumer<JobConnection> betweenPages)
            throws SQLException {
        List<WorkerConnection> workers = workers(parts);
        WorkQueue queue = new WorkQueue(parts, workers.size());
        RateLimiter limiter = new RateLimiter(settings.maxRowsPerSecond(), Ticker.SYSTEM.nanos());
        Gate gate = new Gate(Ticker.SYSTEM, limiter, settings.control(), settings.throttle(), ending::isOver);
        Workers.work(new Run(queue, gate, tally, ledger, budget, ending, betweenPages, settings, deciders), workers);
        rethrow(ending.failure());
        return queue.allDone();
    }

    /** No more than there is work for, and never all that a pool has: the application needs one too. */
    private List<WorkerConnection> workers(List<Part> parts) {
        int wanted = Math.max(1, Math.min(settings.parallelism(), parts.size()));
        List<WorkerConnection> workers = new ArrayList<>(List.of(first));
        try {
            while (workers.size() < wanted) {
                JobConnection another = connections.openIfThereIsOne();
                if (another == null) {
                    break;
                }
                workers.add(new WorkerConnection(connections, settings.outage(), another));
            }
            if (workers.size() > 1 && !connections.leaveOne()) {
                workers.remove(workers.size() - 1).close();
            }
            if (wanted == 1 && isWorthReadingAhead(parts)) {
                readAhead();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (workers.size() < wanted) {
            notes.add(
                    "It ran with " + workers.size() + " of " + wanted + " workers, since the pool had no connection"
                            + " for the others and one to spare for the application. Make the pool larger, or the parallelism less.");
        }
        return workers;
    }

    /** Not for a table that is one range, and not for databases where nobody has measured it. */
    private boolean isWorthReadingAhead(List<Part> parts) {
        return parts.size() > 1
                && database != DatabaseKind.OTHER
                && parts.stream()
                        .map(part -> part.table().pages())
                        .anyMatch(pages -> pages != null && pages.readsAhead());
    }

    /** For a worker alone, on a second connection if the pool has it to spare: several use each other's waits, and would be in each other's way. */
    private void readAhead() throws InterruptedException {
        JobConnection another = connections.openIfThereIsOne();
        if (another != null) {
            first.readAhead(another);
            if (!connections.leaveOne()) {
                first.readNoMoreAhead();
            }
        }
    }

    private Report report(boolean allDone, Counts counts, List<FailedValue> failures, long attempts) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
        return new Report(mode, counts, failures, ending.end(allDone), attempts, notes, elapsed);
    }

    /** So that the next start need not wait until the lease has expired; where this fails, it does. */
    private void release(RunJournal journal) {
        boolean interrupted = Thread.interrupted();
        if (!isReleased(journal, first.get())) {
            first.close();
            try (JobConnection another = connections.openIfThereIsOne()) {
                if (another != null) {
                    isReleased(journal, another);
                }
            } catch (SQLException e) {
                // What ended the run is what counts.
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Also if there is nothing to release any more. */
    private static boolean isReleased(RunJournal journal, JobConnection connection) {
        try {
            connection.rollback();
            journal.end(connection, false, List.of());
            return true;
        } catch (LeaseLostException e) {
            return true;
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws SQLException {
        if (failure instanceof SQLException sql) {
            throw sql;
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
