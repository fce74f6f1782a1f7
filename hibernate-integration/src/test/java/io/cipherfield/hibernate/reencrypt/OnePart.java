package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Goes through one table as one part, on one connection and by pages of a test's own. */
final class OnePart {

    private static final Connections NONE = new Connections(
            new ConnectionSource() {
                @Override
                public Connection obtain() throws SQLException {
                    throw new SQLException("no other connection");
                }

                @Override
                public void release(Connection connection) {}
            },
            DatabaseKind.OTHER,
            Duration.ZERO,
            Duration.ZERO,
            () -> null);

    private OnePart() {}

    static void run(
            JobSettings settings, JobConnection connection, TableShape shape, PageJob page, int pageSize, Tally tally)
            throws SQLException {
        Ending ending = new Ending();
        ProgressMeter meter = new ProgressMeter(progress -> {}, shape.table().name(), -1, 0);
        PageSize size = new PageSize(PageLimits.DEFAULT.withRows(pageSize, pageSize));
        TableWork table = new TableWork(shape, page, size, meter, 1);
        WorkQueue queue = new WorkQueue(List.of(new Part(table, KeyRange.ALL, Position.START)), 1);
        Gate gate = new Gate(
                Ticker.SYSTEM,
                new RateLimiter(RateLimiter.UNLIMITED, 0),
                new ReencryptionControl(),
                () -> null,
                ending::isOver);
        Run run = new Run(
                queue,
                gate,
                tally,
                Ledger.NONE,
                new FailureBudget(Long.MAX_VALUE, 0),
                ending,
                between -> {},
                settings,
                (worker, table1) -> new Decider(Mode.RUN));
        new Worker(run, new WorkerConnection(NONE, Duration.ZERO, connection)).work();
        if (ending.failure() instanceof SQLException e) {
            throw e;
        }
        if (ending.failure() != null) {
            throw new AssertionError(ending.failure());
        }
    }
}
