package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Goes through one table page by page, one transaction each. A page that ran into a deadlock or a lock is done again from its start. */
final class TableJob {

    private static final int ATTEMPTS = 12;
    private static final long LONGEST_PAUSE_IN_MILLIS = 5_000;

    private final JobConnection connection;
    private final TableShape shape;
    private final PageJob page;
    private final int pageSize;

    TableJob(JobConnection connection, TableShape shape, PageJob page, int pageSize) {
        this.connection = connection;
        this.shape = shape;
        this.page = page;
        this.pageSize = pageSize;
    }

    static TableJob of(JobConnection connection, DatabaseKind database, TableShape shape, Mode mode, int pageSize)
            throws SQLException {
        List<String> setToThemselves =
                mode.writes() && database == DatabaseKind.MARIADB ? OnUpdateColumns.of(connection, shape) : List.of();
        Decider decider = Decider.of(connection, database, shape, mode);
        RowWriter writer = RowWriter.NONE;
        if (mode == Mode.DECRYPT_ALL) {
            writer = RefusedValues.around(connection, database, shape, setToThemselves, decider);
        } else if (mode.writes()) {
            writer = RowWriter.of(connection, database, shape, setToThemselves);
        }
        PageJob page = new PageJob(shape, new PageReader(shape, database), writer, decider);
        return new TableJob(connection, shape, page, pageSize);
    }

    void run(Tally tally, ProgressMeter meter) throws SQLException {
        Position at = Position.START;
        while (at != null) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new ReencryptionException("The job was interrupted in table " + shape.table()
                        + ". What it has committed stays; run it again to go on.");
            }
            PageJob.Done done = committed(at);
            tally.add(done.rows(), shape.columns().size());
            meter.add(done.rows().size());
            at = done.next();
        }
        meter.finish();
    }

    private PageJob.Done committed(Position at) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                connection.beginPage();
                PageJob.Done done = page.run(connection, KeyRange.ALL, at, pageSize);
                connection.commit();
                return done;
            } catch (SQLException e) {
                connection.rollback();
                if (!TransientFailure.is(e)) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw new ReencryptionException(
                            "A page of table " + shape.table() + " met locks of others at each of " + ATTEMPTS
                                    + " attempts (SQLSTATE " + e.getSQLState()
                                    + "). What was committed before stays; run the job again, with a smaller page size or at a quieter time.");
                }
                pause(attempt);
            }
        }
    }

    /** Longer each time, and not for equally long in two jobs that met once. */
    private static void pause(int attempt) {
        long longest = Math.min(LONGEST_PAUSE_IN_MILLIS, 20L << attempt);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
