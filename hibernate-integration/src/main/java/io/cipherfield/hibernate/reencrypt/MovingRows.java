package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of a table whose rows move as they are rewritten, so that a later page may meet them again, and one that the
 * application moved may have been passed by. The first pass therefore counts the rows of which nothing is to be rewritten, and
 * writes nothing; each further one takes the others, and there is another until one finds nothing to rewrite. What was
 * rewritten is passed over by its header. A row that the application changes between reading and writing comes again. So each row is rewritten once and counted once, also if the job was killed between;
 * what the application deletes and inserts meanwhile is met or not, as in any table.
 */
final class MovingRows {

    /** Enough unless somebody goes on writing under the old key, and then the next run takes the rest. */
    private static final int MOST_PASSES = 10;

    private final TableShape shape;
    private final PageReader reader;
    private final CarefulWriter writer;
    private final Decider decider;

    MovingRows(TableShape shape, PageReader reader, CarefulWriter writer, Decider decider) {
        this.shape = shape;
        this.reader = reader;
        this.writer = writer;
        this.decider = decider;
    }

    PageJob.Done run(JobConnection connection, KeyRange range, Page page, Position at, int rows) throws SQLException {
        if (at.pass() == 0) {
            List<Row> settled = page.rows().stream()
                    .filter(row -> decider.settled(shape, row))
                    .toList();
            settled.forEach(row -> decider.decide(shape, row));
            return new PageJob.Done(settled, next(at, page.last(), false));
        }
        return rewrite(connection, range, page, at, Math.max(rows, page.rows().size()));
    }

    private PageJob.Done rewrite(JobConnection connection, KeyRange range, Page page, Position at, int rows)
            throws SQLException {
        List<Row> counted = new ArrayList<>();
        List<Row> toWrite = new ArrayList<>();
        KeyValue done = at.after();
        Row unfinished = null;
        for (Row row : page.rows()) {
            if (!decider.settled(shape, row)) {
                decider.decide(shape, row);
                if (row.needsRewriting()) {
                    long equal = Math.min(row.times(), Math.max(1, rows - toWrite.size()));
                    singles(row, equal, toWrite);
                    if (equal < row.times()) {
                        unfinished = row;
                        break;
                    }
                } else if (at.pass() == 1) {
                    counted.add(row);
                }
            }
            done = row.key();
        }
        if (!toWrite.isEmpty() && !writer.write(connection, toWrite)) {
            settleMissed(connection, range, page, at, toWrite);
        }
        boolean moved = false;
        for (Row row : toWrite) {
            boolean failed = row.failed();
            moved |= !failed;
            boolean comesAgain = !failed && row.needsRewriting() && !row.written();
            if (failed ? at.pass() == 1 : !comesAgain) {
                counted.add(row);
            }
        }
        if (unfinished != null) {
            // The rest of its equals stands where it stood, unless the database refuses them all.
            KeyValue last = moved ? done : unfinished.key();
            return new PageJob.Done(counted, at.behind(last, moved));
        }
        return new PageJob.Done(counted, next(at, page.last(), moved));
    }

    /**
     * What the application changed since it was read. A row whose address is gone is gone. One that is still there, with other values, comes
     * again in the next pass and counts there; so does, wherever it is by then, a row that PostgreSQL tells by its place alone.
     */
    private void settleMissed(JobConnection connection, KeyRange range, Page page, Position at, List<Row> sent)
            throws SQLException {
        List<Row> missed = sent.stream()
                .filter(row -> row.needsRewriting() && !row.written())
                .toList();
        if (missed.isEmpty() || shape.address() == Address.TID) {
            return;
        }
        KeyValue last = page.rows().get(page.rows().size() - 1).key();
        Set<KeyValue> there = reader.again(connection, range, at.after(), last).keySet();
        missed.stream().filter(row -> !there.contains(row.key())).forEach(Row::changedMeanwhile);
    }

    /** Each with a ciphertext of its own. */
    private void singles(Row row, long count, List<Row> to) {
        to.add(row.once());
        for (long i = 1; i < count; i++) {
            Row equal = row.once();
            decider.decide(shape, equal);
            to.add(equal);
        }
    }

    private @Nullable Position next(Position at, @Nullable KeyValue last, boolean moved) {
        if (last != null) {
            return at.behind(last, moved);
        }
        boolean another = at.pass() == 0 || ((at.missed() || moved) && at.pass() < MOST_PASSES);
        return another ? new Position(at.pass() + 1, false, null) : null;
    }
}
