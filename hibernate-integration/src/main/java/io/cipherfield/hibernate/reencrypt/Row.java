package io.cipherfield.hibernate.reencrypt;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The encrypted values of one row: what is stored, and what shall be. */
final class Row {

    /** Of objects, the key and the new values, by measurement of short ones. */
    private static final int OVERHEAD_IN_BYTES = 300;

    private final KeyValue key;
    private final String label;
    private final long times;
    private @Nullable Object[] stored;
    private @Nullable Object source;
    private final Decision[] decisions;
    private boolean written;

    /**
     * @param label tells a person which row it is, beside the key
     * @param stored by column: a String, bytes or null
     * @param times how many rows of the table it stands for, all with this key and these values
     */
    Row(KeyValue key, String label, @Nullable Object[] stored, long times) {
        this.key = key;
        this.label = label;
        this.times = times;
        this.stored = stored;
        this.decisions = new Decision[stored.length];
    }

    KeyValue key() {
        return key;
    }

    String label() {
        return label;
    }

    long times() {
        return times;
    }

    /** One of the rows that it stands for, with the same decisions. */
    Row once() {
        Row one = new Row(key, label, stored, 1);
        System.arraycopy(decisions, 0, one.decisions, 0, decisions.length);
        return one;
    }

    @Nullable
    Object stored(int column) {
        return stored[column];
    }

    /** Of a copy: the value of the plain attribute. */
    @Nullable
    Object source() {
        return source;
    }

    void source(@Nullable Object value) {
        source = value;
    }

    /** The value that shall be in the column: the stored one, unless it is rewritten. */
    @Nullable
    Object next(int column) {
        if (decisions[column].outcome() == Decision.Outcome.CLEAR) {
            return null;
        }
        Object replacement = decisions[column].replacement();
        return replacement == null ? stored[column] : replacement;
    }

    Decision decision(int column) {
        return decisions[column];
    }

    void decide(int column, Decision decision) {
        decisions[column] = decision;
    }

    /** About how many bytes of memory its values take. */
    long size() {
        long size = OVERHEAD_IN_BYTES;
        for (Object value : stored) {
            size += value instanceof byte[] bytes ? bytes.length : value instanceof String text ? text.length() : 0;
        }
        return size;
    }

    boolean failed() {
        for (Decision decision : decisions) {
            if (decision.outcome() == Decision.Outcome.FAILED) {
                return true;
            }
        }
        return false;
    }

    /** Known only of rows that move: see {@link RowWriter}. */
    boolean written() {
        return written;
    }

    void written(boolean certain) {
        this.written = certain;
    }

    void changedMeanwhile() {
        for (int i = 0; i < decisions.length; i++) {
            if (decisions[i].outcome().rewrites()) {
                decisions[i] = Decision.CHANGED_MEANWHILE;
            }
        }
    }

    boolean needsRewriting() {
        for (Decision decision : decisions) {
            if (decision.outcome().rewrites()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the row holds what it shall. */
    boolean isWritten(Row reread) {
        for (int i = 0; i < stored.length; i++) {
            if (!Objects.deepEquals(next(i), reread.stored[i])) {
                return false;
            }
        }
        return true;
    }

    boolean sameAs(Row reread, int column) {
        return Objects.deepEquals(stored[column], reread.stored[column]);
    }

    void replaceStored(Row reread) {
        stored = reread.stored;
        source = reread.source;
    }

    /** The values of a page that failed. */
    static List<FailedValue> failed(List<Row> page) {
        List<FailedValue> failed = new ArrayList<>();
        forEachFailure(page, (failure, fingerprint) -> failed.add(failure));
        return failed;
    }

    /** @param action gets what failed, and the fingerprint if the value could not be read */
    static void forEachFailure(List<Row> page, BiConsumer<FailedValue, @Nullable String> action) {
        for (Row row : page) {
            for (Decision decision : row.decisions) {
                if (decision.failure() != null) {
                    action.accept(decision.failure(), decision.fingerprint());
                }
            }
        }
    }

    /** How many rows stand before the one with which more values than so many have failed. */
    static int before(List<Row> page, long failures) {
        long left = failures;
        for (int i = 0; i < page.size(); i++) {
            left -= failed(List.of(page.get(i))).size();
            if (left < 0) {
                return i;
            }
        }
        return page.size();
    }
}
