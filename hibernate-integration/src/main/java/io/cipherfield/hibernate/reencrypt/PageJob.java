package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page in one transaction: read, decide, write by compare-and-set, read again what the application changed meanwhile. */
final class PageJob {

    private static final int ATTEMPTS = 10;
    /** The share of a page's rows that are rewritten from which on its other rows are not worth sparing. */
    private static final double DENSE = 0.9;

    private final TableShape shape;
    private final PageReader reader;
    private final CarefulWriter writer;
    private final String strategy;
    private final Decider decider;
    private final boolean writes;
    private final @Nullable MovingRows moving;
    private final @Nullable CopiedRows copied;

    PageJob(TableShape shape, PageReader reader, RowWriter writer, Decider decider) {
        this.shape = shape;
        this.reader = reader;
        this.decider = decider;
        this.strategy = strategy(writer);
        this.writer = new CarefulWriter(writer, shape, decider);
        this.writes = writer != RowWriter.NONE;
        this.moving =
                shape.moves() && writer != RowWriter.NONE ? new MovingRows(shape, reader, this.writer, decider) : null;
        this.copied = null;
    }

    /** Of a copy. */
    PageJob(TableShape shape, KeyReader reader, RowWriter writer, Decider decider, Copy copy) {
        this.shape = shape;
        this.reader = reader;
        this.decider = decider;
        this.strategy = strategy(writer);
        this.writer = new CarefulWriter(writer, shape, decider);
        this.writes = writer != RowWriter.NONE;
        this.moving = null;
        this.copied =
                new CopiedRows(reader, this.writer, new CopyDecider(shape, copy, decider), writer != RowWriter.NONE);
    }

    private static String strategy(RowWriter writer) {
        return writer.advice() == null ? writer.name() : writer.name() + " (" + writer.advice() + ")";
    }

    /** In which way it writes, and what would be faster. */
    String strategy() {
        return strategy;
    }

    /** How many rows a page of this size should have. */
    int rows(JobConnection connection, KeyRange range, Position at, int size) throws SQLException {
        return reader.rows(connection, range, at.after(), size);
    }

    /** Whether the next page can be read while this one is written. */
    boolean readsAhead() {
        return copied == null && moving == null && writes;
    }

    /** A page that is read and decided, for {@link #write}. */
    Prepared prepare(JobConnection connection, KeyRange range, Position at, int rows) throws SQLException {
        Page page = reader.next(connection, range, at.after(), rows);
        page.rows().forEach(row -> decider.decide(shape, row));
        return new Prepared(page, rows, System.nanoTime());
    }

    /** Nothing of it holds before the caller's commit. */
    Done run(JobConnection connection, KeyRange range, Position at, int rows) throws SQLException {
        if (copied != null) {
            return copied.run(connection, range, at, rows);
        }
        if (moving != null) {
            return moving.run(connection, range, reader.next(connection, range, at.after(), rows), at, rows);
        }
        return write(connection, range, at, prepare(connection, range, at, rows));
    }

    /** Nothing of it holds before the caller's commit. */
    Done write(JobConnection connection, KeyRange range, Position at, Prepared prepared) throws SQLException {
        Page page = prepared.page();
        List<Row> pending = page.rows().stream().filter(Row::needsRewriting).toList();
        boolean dense = pending.size() >= page.rows().size() * DENSE;
        for (int attempt = 1; !pending.isEmpty() && !writer.write(connection, pending, dense); attempt++) {
            dense = false;
            KeyValue last = page.rows().get(page.rows().size() - 1).key();
            pending = missed(pending, reader.again(connection, range, at.after(), last));
            if (attempt == ATTEMPTS) {
                pending.forEach(this::giveUp);
                break;
            }
        }
        if (decider.storesInClear()) {
            requireKept(connection, page.rows(), range, at);
        }
        KeyValue last = page.last();
        return new Done(page.rows(), last == null ? null : at.behind(last, false));
    }

    /** A column may alter what it is given, blanks at the end say, and the ciphertext that tells the true value would be gone. */
    private void requireKept(JobConnection connection, List<Row> rows, KeyRange range, Position at)
            throws SQLException {
        if (rows.stream().noneMatch(Row::needsRewriting)) {
            return;
        }
        KeyValue last = rows.get(rows.size() - 1).key();
        Map<KeyValue, Row> now = reader.again(connection, range, at.after(), last);
        for (Row row : rows) {
            Row kept = now.get(row.key());
            if (row.needsRewriting() && kept != null && !row.isWritten(kept)) {
                throw new ReencryptionException("Table " + shape.table() + " did not keep a value of row "
                        + shape.text(row) + " as it was written in clear: the column's type, its character set"
                        + " or a trigger changed it. The page was rolled back, and the value is still encrypted.");
            }
        }
    }

    private List<Row> missed(List<Row> sent, Map<KeyValue, Row> now) {
        return sent.stream()
                .filter(row -> stillNeedsRewriting(row, now.get(row.key())))
                .toList();
    }

    private boolean stillNeedsRewriting(Row row, @Nullable Row now) {
        if (now == null) {
            row.changedMeanwhile();
            return false;
        }
        if (row.isWritten(now)) {
            return false;
        }
        for (int i = 0; i < shape.columns().size(); i++) {
            if (!row.sameAs(now, i)) {
                boolean wasToBeRewritten = row.decision(i).outcome().rewrites();
                Decision again = decider.decide(shape, i, now);
                boolean settled =
                        again.outcome() == Decision.Outcome.CURRENT || again.outcome() == Decision.Outcome.NULL;
                row.decide(i, wasToBeRewritten && settled ? Decision.CHANGED_MEANWHILE : again);
            }
        }
        row.replaceStored(now);
        return row.needsRewriting();
    }

    private void giveUp(Row row) {
        for (int i = 0; i < shape.columns().size(); i++) {
            if (row.decision(i).outcome().rewrites()) {
                row.decide(i, decider.contended(shape, shape.columns().get(i), row, ATTEMPTS));
            }
        }
    }

    /**
     * A page that is read and decided.
     *
     * @param limit how many rows it was to have
     * @param readAt by {@link System#nanoTime}
     */
    record Prepared(Page page, int limit, long readAt) {}

    /**
     * A page that is done.
     *
     * @param rows with what became of them
     * @param next where the next page of the range begins; null if there is none
     */
    record Done(List<Row> rows, @Nullable Position next) {}
}
