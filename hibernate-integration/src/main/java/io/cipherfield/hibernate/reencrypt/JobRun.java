package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The working part of a job: shares the tables among workers, and says what they did. */
final class JobRun {

    private final JobSettings settings;
    private final Mode mode;
    private final JobPlan plan;
    private final Connections connections;
    private final Tally tally;
    private final Ending ending = new Ending();
    private final List<String> notes = new ArrayList<>();

    JobRun(JobSettings settings, Mode mode, JobPlan plan, Connections connections) {
        this.settings = settings;
        this.mode = mode;
        this.plan = plan;
        this.connections = connections;
        this.tally = new Tally(mode);
    }

    /** @param connection the first worker's, which stays open */
    Report report(JobConnection connection) throws SQLException {
        List<Part> parts = parts(connection);
        List<WorkerConnection> workers = workers(connection, parts.size());
        WorkQueue queue = new WorkQueue(parts, workers.size());
        Workers.work(run(queue), workers);
        rethrow(ending.failure());
        return tally.report(ending.end(queue.allDone()), notes);
    }

    private Run run(WorkQueue queue) {
        RateLimiter limiter = new RateLimiter(settings.maxRowsPerSecond(), Ticker.SYSTEM.nanos());
        return new Run(
                mode,
                queue,
                new Gate(Ticker.SYSTEM, limiter, settings.control(), settings.throttle(), ending::isOver),
                tally,
                Ledger.NONE,
                new FailureBudget(settings.failureLimit(mode), 0),
                ending,
                settings.listener());
    }

    private List<Part> parts(JobConnection connection) throws SQLException {
        Decider decider = new Decider(mode, settings.from());
        List<Part> parts = new ArrayList<>();
        for (TableShape shape : plan.tables()) {
            parts.add(new Part(
                    TableWork.of(connection, plan.database(), shape, decider, mode, settings),
                    KeyRange.ALL,
                    Position.START));
        }
        return parts;
    }

    /** No more than there is work for, and never all that a pool has: the application needs one too. */
    private List<WorkerConnection> workers(JobConnection first, int parts) {
        int wanted = Math.min(settings.parallelism(), parts);
        List<WorkerConnection> workers = new ArrayList<>(List.of(worker(first)));
        try {
            while (workers.size() < wanted) {
                JobConnection another = connections.openIfThereIsOne();
                if (another == null) {
                    break;
                }
                workers.add(worker(another));
            }
            if (workers.size() > 1 && !connections.leaveOne()) {
                workers.remove(workers.size() - 1).close();
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

    private WorkerConnection worker(JobConnection connection) {
        return new WorkerConnection(connections, settings.outage(), connection);
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
