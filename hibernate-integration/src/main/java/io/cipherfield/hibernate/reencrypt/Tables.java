package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.PlannedRange;
import io.cipherfield.hibernate.internal.journal.RangeProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Divides the tables of a job into parts. */
final class Tables {

    private static final int LEAST_RANGES = 8;
    private static final int RANGES_A_WORKER = 4;

    private final JobSettings settings;
    private final Mode mode;
    private final JobPlan plan;
    private final Deciders deciders;

    Tables(JobSettings settings, Mode mode, JobPlan plan, Deciders deciders) {
        this.deciders = deciders;
        this.settings = settings;
        this.mode = mode;
        this.plan = plan;
    }

    List<TableShape> shapes() {
        return plan.tables();
    }

    /** For a job that keeps no journal. */
    List<Part> parts(JobConnection connection) throws SQLException {
        List<Part> parts = new ArrayList<>();
        for (TableShape shape : plan.tables()) {
            long rows = RowEstimate.of(connection, plan.database(), shape);
            List<KeyRange> ranges = ranges(connection, shape, rows, between -> {});
            TableWork table =
                    TableWork.of(connection, plan.database(), shape, mode, deciders, settings, ranges.size(), rows, 0);
            ranges.forEach(range -> parts.add(new Part(table, range, Position.START)));
        }
        return parts;
    }

    /**
     * What is left of a run's ranges.
     *
     * @param between what takes long: gets the connection without an open transaction
     */
    List<Part> parts(JobConnection connection, RunJournal journal, Consumer<JobConnection> between)
            throws SQLException {
        List<RangeProgress> ranges = journal.ranges(connection, () -> planned(connection, between));
        List<Part> parts = new ArrayList<>();
        for (TableShape shape : plan.tables()) {
            List<RangeProgress> ofTable = ranges.stream()
                    .filter(range -> range.range().table().equals(shape.table().name()))
                    .toList();
            List<RangeProgress> left =
                    ofTable.stream().filter(range -> !range.done()).toList();
            if (!left.isEmpty()) {
                long done = ofTable.stream()
                        .mapToLong(range -> range.counts().rows())
                        .sum();
                long rows = estimate(connection, shape, between);
                TableWork table = TableWork.of(
                        connection, plan.database(), shape, mode, deciders, settings, left.size(), rows, done);
                left.forEach(range -> parts.add(journal.part(table, range)));
            }
        }
        return parts;
    }

    private List<PlannedRange> planned(JobConnection connection, Consumer<JobConnection> between) throws SQLException {
        List<PlannedRange> planned = new ArrayList<>();
        for (TableShape shape : plan.tables()) {
            for (KeyRange range : ranges(connection, shape, estimate(connection, shape, between), between)) {
                planned.add(RunJournal.planned(shape, range));
            }
        }
        return planned;
    }

    private long estimate(JobConnection connection, TableShape shape, Consumer<JobConnection> between)
            throws SQLException {
        long rows = RowEstimate.of(connection, plan.database(), shape);
        between.accept(connection);
        return rows;
    }

    /** More than there are workers, so that the last ones are not waited for. */
    private List<KeyRange> ranges(
            JobConnection connection, TableShape shape, long rows, Consumer<JobConnection> between)
            throws SQLException {
        if (shape.keyObstacle() != null) {
            return List.of(KeyRange.ALL);
        }
        int most = Math.max(LEAST_RANGES, RANGES_A_WORKER * settings.parallelism());
        List<KeyRange> ranges = new KeySampler(connection, plan.database(), settings.smallestRange(), between)
                .ranges(shape, rows, most);
        connection.rollback();
        between.accept(connection);
        return ranges;
    }
}
