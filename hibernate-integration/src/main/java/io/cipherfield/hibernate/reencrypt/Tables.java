package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.PlannedRange;
import io.cipherfield.hibernate.internal.journal.RangeProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Divides the tables of a job into parts. */
final class Tables {

    private final JobSettings settings;
    private final Mode mode;
    private final JobPlan plan;

    Tables(JobSettings settings, Mode mode, JobPlan plan) {
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
            List<KeyRange> ranges = ranges();
            TableWork table = TableWork.of(connection, plan.database(), shape, mode, settings, ranges.size(), 0);
            ranges.forEach(range -> parts.add(new Part(table, range, Position.START)));
        }
        return parts;
    }

    /** What is left of a run's ranges. */
    List<Part> parts(JobConnection connection, RunJournal journal) throws SQLException {
        List<RangeProgress> ranges = journal.ranges(connection, this::planned);
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
                TableWork table = TableWork.of(connection, plan.database(), shape, mode, settings, left.size(), done);
                left.forEach(range -> parts.add(journal.part(table, range)));
            }
        }
        return parts;
    }

    private List<PlannedRange> planned() {
        List<PlannedRange> planned = new ArrayList<>();
        for (TableShape shape : plan.tables()) {
            ranges().forEach(range -> planned.add(RunJournal.planned(shape, range)));
        }
        return planned;
    }

    private static List<KeyRange> ranges() {
        return List.of(KeyRange.ALL);
    }
}
