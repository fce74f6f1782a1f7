package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one part of a table page by page, one transaction each. A page that ran into a deadlock, a lock or a time-out is
 * done again, smaller in the end; one whose connection was lost is done again on another, unless it was committed after all.
 */
final class PartJob {

    private static final int ATTEMPTS = 12;
    private static final int DEADLOCKS_UNTIL_SMALLER = 3;
    private static final int CONNECTIONS_A_PAGE = 5;
    private static final long LONGEST_PAUSE_IN_MILLIS = 5_000;

    private final Run run;
    private final WorkerConnection connection;
    private final Part part;
    private final TableWork table;
    private final PageJob pages;
    private final @Nullable ReadAhead ahead;
    /** The page that comes next, for its first attempt. */
    private PageJob.@Nullable Prepared prepared;

    PartJob(Run run, WorkerConnection connection, Part part, PageJob pages) {
        this.run = run;
        this.connection = connection;
        this.part = part;
        this.table = part.table();
        this.pages = pages;
        this.ahead = pages.readsAhead() ? connection.ahead() : null;
    }

    /** @return whether the part is done; otherwise the job is over */
    boolean run() throws SQLException, InterruptedException {
        for (Position at = part.at(); at != null; at = part.at()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int rows = run.gate().smooth(table.pageSize().rows());
            if (!run.gate().pass(rows, this::waiting)) {
                return false;
            }
            run.betweenPages().accept(connection.get());
            prepared = ahead == null ? null : ahead.take(at, rows);
            PageJob.Done page = committed(at, rows);
            if (page == null) {
                return false;
            }
            run.gate().giveBack(rows - page.rows().size());
            run.tally().add(table.shape(), page.rows());
            table.meter().add(page.rows().stream().mapToLong(Row::times).sum());
            part.moveTo(page.next());
        }
        return true;
    }

    /** Also a worker that waits keeps the lease, where its connection is the only one. */
    private void waiting(String reason) {
        table.meter().waiting(reason);
        run.betweenPages().accept(connection.get());
    }

    /** @return null if no more values may fail */
    private PageJob.@Nullable Done committed(Position at, int rows) throws SQLException, InterruptedException {
        int connectionsLost = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                PageJob.Done unknown = part.committing();
                if (unknown != null && run.ledger().holds(connection.get(), part)) {
                    run.budget().take(Row.failed(unknown.rows()).size());
                    part.committing(null);
                    return unknown;
                }
                return once(at, Math.min(rows, table.pageSize().rows()));
            } catch (SQLException e) {
                if (!connection.isLost(e)) {
                    prepareAnotherAttempt(attempt, e);
                } else if (++connectionsLost == CONNECTIONS_A_PAGE) {
                    throw e;
                } else {
                    connection.replace(run.gate()::isOver, table.meter()::waiting);
                }
            }
        }
    }

    private PageJob.@Nullable Done once(Position at, int rows) throws SQLException {
        part.committing(null);
        int limit = 0;
        do {
            long begun = System.nanoTime();
            JobConnection job = connection.get();
            job.beginPage();
            PageJob.Prepared read = prepared;
            prepared = null;
            if (limit == 0) {
                limit = read != null ? read.limit() : pages.rows(job, part.range(), at, rows);
            }
            PageJob.Done page =
                    ahead == null ? pages.run(job, part.range(), at, limit) : write(job, at, limit, read, ahead);
            int failures = Row.failed(page.rows()).size();
            if (run.budget().take(failures)) {
                commit(page, failures);
                table.pageSize().took(limit, page.rows().size(), System.nanoTime() - begun);
                return page;
            }
            // The rows before the value too many still count.
            job.rollback();
            run.ending().tooManyFailures();
            limit = Row.before(page.rows(), run.budget().left());
        } while (limit > 0);
        return null;
    }

    private PageJob.Done write(
            JobConnection job, Position at, int limit, PageJob.@Nullable Prepared read, ReadAhead next)
            throws SQLException {
        PageJob.Prepared page = read != null ? read : pages.prepare(job, part.range(), at, limit);
        KeyValue last = page.page().last();
        if (last != null) {
            next.start(
                    pages,
                    part.range(),
                    at.behind(last, false),
                    run.gate().smooth(table.pageSize().rows()));
        }
        return pages.write(job, part.range(), at, page);
    }

    private void commit(PageJob.Done page, int failures) throws SQLException {
        boolean committed = false;
        try {
            run.ledger().write(connection.get(), part, page);
            part.committing(page);
            connection.get().commit();
            committed = true;
            part.committing(null);
            run.ledger().committed(part);
        } finally {
            if (!committed) {
                run.budget().giveBack(failures);
            }
        }
    }

    private void prepareAnotherAttempt(int attempt, SQLException failure) throws SQLException, InterruptedException {
        boolean timeout = TransientFailure.isTimeout(failure);
        if (!timeout && !TransientFailure.is(failure)) {
            throw failure;
        }
        if (attempt >= ATTEMPTS) {
            throw new ReencryptionException(
                    "A page of table " + table.shape().table() + " met locks of others at each of " + ATTEMPTS
                            + " attempts (SQLSTATE " + failure.getSQLState()
                            + "). What was committed before stays; run the job again, with a smaller page size or at a quieter time.");
        }
        if (timeout || attempt % DEADLOCKS_UNTIL_SMALLER == 0) {
            table.pageSize().halve();
        }
        // Longer each time, and not for equally long in two workers or jobs that met once.
        long longest = Math.min(LONGEST_PAUSE_IN_MILLIS, 20L << attempt);
        Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
