package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a table into ranges of about equally many rows, whatever its keys are and however they lie: by keys that it holds, in
 * the order in which the database sorts them. It is cut only by columns that the job does not rewrite, so that no row leaves
 * its range; where there are none, the table is one range.
 */
final class KeySampler {

    /** In fewer rows a second worker is not worth its connection. */
    static final int SMALLEST_RANGE = 10_000;

    private static final int SAMPLED_ROWS = 20_000;
    private static final int SECONDS_FOR_A_CUT = 20;

    private final JobConnection connection;
    private final DatabaseKind database;
    private final int smallestRange;
    private final Consumer<JobConnection> betweenCuts;

    KeySampler(JobConnection connection, DatabaseKind database, int smallestRange) {
        this(connection, database, smallestRange, between -> {});
    }

    /** @param betweenCuts gets the connection without an open transaction, now and then */
    KeySampler(
            JobConnection connection, DatabaseKind database, int smallestRange, Consumer<JobConnection> betweenCuts) {
        this.connection = connection;
        this.database = database;
        this.smallestRange = smallestRange;
        this.betweenCuts = betweenCuts;
    }

    /**
     * One range after the other, all together the whole table. The caller ends the transaction.
     *
     * @param rows how many the table has, or -1 if that is unknown
     * @param most how many ranges are of use
     */
    List<KeyRange> ranges(TableShape shape, long rows, int most) throws SQLException {
        int wanted = (int) Math.min(most, rows / smallestRange);
        if (wanted < 2 || shape.fixedColumns() == 0) {
            return List.of(KeyRange.ALL);
        }
        List<KeyColumn> cut = shape.key().subList(0, shape.fixedColumns());
        boolean sampled = database == DatabaseKind.POSTGRESQL && rows > 4L * SAMPLED_ROWS;
        List<KeyValue> bounds = sampled ? sampled(shape, cut, rows, wanted) : counted(shape, cut, rows, wanted);
        List<KeyRange> ranges = new ArrayList<>();
        KeyValue after = null;
        for (KeyValue bound : bounds) {
            if (after == null || !bound.equals(after)) {
                ranges.add(new KeyRange(after, bound));
                after = bound;
            }
        }
        ranges.add(new KeyRange(after, null));
        return ranges;
    }

    /** From blocks by chance. */
    private List<KeyValue> sampled(TableShape shape, List<KeyColumn> cut, long rows, int wanted) throws SQLException {
        double percent = Math.min(100, 100.0 * SAMPLED_ROWS / rows);
        String names = names(cut);
        List<KeyValue> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare("select " + names + " from "
                + shape.table().name() + " tablesample system (" + percent + ") order by " + names)) {
            statement.setFetchSize(PageReader.FETCH_SIZE);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    keys.add(key(found, cut));
                }
            }
        }
        List<KeyValue> bounds = new ArrayList<>();
        for (int i = 1; i < wanted && !keys.isEmpty(); i++) {
            bounds.add(keys.get((int) ((long) i * keys.size() / wanted)));
        }
        return bounds;
    }

    /** By going through the index once; what takes too long stays one range. */
    private List<KeyValue> counted(TableShape shape, List<KeyColumn> cut, long rows, int wanted) throws SQLException {
        long step = rows / wanted;
        List<KeyValue> bounds = new ArrayList<>();
        KeyValue after = null;
        while (bounds.size() < wanted - 1) {
            KeyValue bound = bound(shape, cut, after, step);
            if (bound == null) {
                break;
            }
            bounds.add(bound);
            after = bound;
            connection.rollback();
            betweenCuts.accept(connection);
        }
        return bounds;
    }

    private @Nullable KeyValue bound(TableShape shape, List<KeyColumn> cut, @Nullable KeyValue after, long step)
            throws SQLException {
        KeyConditions conditions = new KeyConditions(
                after == null
                        ? List.of()
                        : List.of(new KeyCondition(database, cut, KeyCondition.Comparison.BEHIND, after)));
        String sql = "select " + names(cut) + " from " + shape.table().name() + conditions.where() + " order by "
                + names(cut);
        try (PreparedStatement statement = connection.prepare(database.row(sql, step - 1))) {
            statement.setQueryTimeout(SECONDS_FOR_A_CUT);
            conditions.bind(statement);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? key(found, cut) : null;
            }
        } catch (SQLException e) {
            connection.rollback();
            return null;
        }
    }

    private static String names(List<KeyColumn> cut) {
        return cut.stream().map(KeyColumn::name).collect(Collectors.joining(", "));
    }

    private static KeyValue key(ResultSet found, List<KeyColumn> cut) throws SQLException {
        Object[] parts = new Object[cut.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = cut.get(i).kind().read(found, i + 1);
        }
        return new KeyValue(parts);
    }
}
