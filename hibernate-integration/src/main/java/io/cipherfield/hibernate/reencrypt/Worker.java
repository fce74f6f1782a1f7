package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.List;

/** Takes part after part until there are none, or the job is over. */
final class Worker {

    private final Run run;
    private final WorkerConnection connection;

    Worker(Run run, WorkerConnection connection) {
        this.run = run;
        this.connection = connection;
    }

    /** Whatever goes wrong ends the job, and is told by {@link Ending#failure}. */
    @SuppressWarnings("IllegalCatch")
    void work() {
        String table = "";
        try {
            for (Part part = run.queue().take();
                    part != null;
                    part = run.queue().take()) {
                table = part.table().shape().table().toString();
                if (!isDone(part)) {
                    return;
                }
                run.queue().done(part);
                part.table().partDone();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.ending()
                    .fail(new ReencryptionException("The job was interrupted in table " + table
                            + ". What it has committed stays; run it again to go on."));
        } catch (Throwable e) {
            run.ending().fail(e);
        }
    }

    private boolean isDone(Part part) throws SQLException, InterruptedException {
        PageJob pages = part.table().pages();
        if (pages == null) {
            return isScanned(part.table());
        }
        try {
            return new PartJob(run, connection, part, pages).run();
        } catch (SQLException e) {
            if (!LostConnection.is(e) || !run.queue().leave(part)) {
                throw e;
            }
            run.settings()
                    .listener()
                    .notice("A connection was lost, and the pool gave no other. The job goes on with one worker less.");
            return false;
        }
    }

    private boolean isScanned(TableWork table) throws SQLException {
        TableShape shape = table.shape();
        Decider decider = run.deciders().of(connection.get(), shape);
        FullScan.read(connection.get(), shape, row -> {
            decider.decide(shape, row);
            run.tally().add(shape, List.of(row));
            table.meter().add(1);
        });
        return true;
    }
}
