package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a run's ranges, as one attempt may see and change them. */
record Ranges(JournalSql sql, TableNames names, long token) {

    private static final String COLUMNS =
            "id, table_name, after_key, up_to_key, reached_key, done, pages, rows_read, scanned,"
                    + " rewritten, from_plaintext, from_legacy, already_current, null_values, changed_meanwhile, failed";

    List<RangeProgress> all(Connection connection) throws SQLException {
        String select = "select " + COLUMNS + " from " + names.range() + " where token = ? order by id";
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(select))) {
            statement.setLong(1, token);
            List<RangeProgress> ranges = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ranges.add(read(rows));
                }
            }
            return ranges;
        }
    }

    /** Behind a transaction that has locked it, such as one of a lost connection that commits only now. */
    RangeProgress one(Connection connection, long id) throws SQLException {
        RangeProgress range =
                find(connection, sql.locking("select " + COLUMNS, names.range(), "id = ? and token = ?"), id);
        if (range == null) {
            throw new LeaseLostException(names.run(), token);
        }
        return range;
    }

    private @Nullable RangeProgress find(Connection connection, String select, long id) throws SQLException {
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(select))) {
            statement.setLong(1, id);
            statement.setLong(2, token);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? read(rows) : null;
            }
        }
    }

    private static RangeProgress read(ResultSet rows) throws SQLException {
        return new RangeProgress(
                rows.getLong("id"),
                new PlannedRange(
                        rows.getString("table_name"), rows.getString("after_key"), rows.getString("up_to_key")),
                rows.getString("reached_key"),
                rows.getInt("done") == 1,
                rows.getLong("pages"),
                new Counts(
                        rows.getLong("rows_read"),
                        rows.getLong("scanned"),
                        rows.getLong("rewritten"),
                        rows.getLong("from_plaintext"),
                        rows.getLong("from_legacy"),
                        rows.getLong("already_current"),
                        rows.getLong("null_values"),
                        rows.getLong("changed_meanwhile"),
                        rows.getLong("failed")));
    }

    int insert(Connection connection, List<PlannedRange> planned) throws SQLException {
        if (!all(connection).isEmpty()) {
            throw new IllegalStateException("The ranges of this run are planned already");
        }
        String insert = "insert into " + names.range()
                + " (id, token, table_name, after_key, up_to_key) values (?, ?, ?, ?, ?)";
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(insert))) {
            long id = 0;
            for (PlannedRange range : planned) {
                statement.setLong(1, ++id);
                statement.setLong(2, token);
                statement.setString(3, range.table());
                statement.setString(4, range.after());
                statement.setString(5, range.upTo());
                statement.addBatch();
            }
            return planned.isEmpty() ? 0 : statement.executeBatch().length;
        }
    }

    RangeProgress advance(
            Connection connection, RangeProgress before, @Nullable String position, boolean done, Counts delta)
            throws SQLException {
        String update = "update " + names.range() + " set reached_key = ?, done = ?, pages = pages + 1,"
                + " rows_read = rows_read + ?, scanned = scanned + ?, rewritten = rewritten + ?,"
                + " from_plaintext = from_plaintext + ?, from_legacy = from_legacy + ?, already_current = already_current + ?,"
                + " null_values = null_values + ?, changed_meanwhile = changed_meanwhile + ?, failed = failed + ?"
                + " where id = ? and token = ? and pages = ? and done = 0";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setString(1, position);
            statement.setInt(2, done ? 1 : 0);
            statement.setLong(3, delta.rows());
            statement.setLong(4, delta.scanned());
            statement.setLong(5, delta.rewritten());
            statement.setLong(6, delta.fromPlaintext());
            statement.setLong(7, delta.fromLegacy());
            statement.setLong(8, delta.alreadyCurrent());
            statement.setLong(9, delta.nulls());
            statement.setLong(10, delta.changedMeanwhile());
            statement.setLong(11, delta.failed());
            statement.setLong(12, before.id());
            statement.setLong(13, token);
            statement.setLong(14, before.pages());
            if (LockWait.bounded(statement).executeUpdate() == 0) {
                RangeProgress now = one(connection, before.id());
                if (now.pages() < before.pages()) {
                    throw forgotten(before.pages() - now.pages() + " pages of table "
                            + now.range().table() + " that were committed are not there any more");
                }
                throw new IllegalStateException("Range " + before.id() + " of table "
                        + now.range().table() + " was counted by another worker: it has " + now.pages()
                        + " pages" + (now.done() ? " and is done" : "") + ", this one began with " + before.pages());
            }
        }
        return before.advanced(position, done, delta);
    }

    void requireDone(Connection connection) throws SQLException {
        long left = all(connection).stream().filter(range -> !range.done()).count();
        if (left > 0) {
            throw forgotten(left + " ranges that were committed as done are not");
        }
    }

    /** Its rows went back together with its progress, so that another start finds both as they are. */
    private static JournalException forgotten(String what) {
        return new JournalException(
                what + ". The database has lost transactions that it had confirmed, as it does after a"
                        + " crash with asynchronous commits, or a change to a replica that was behind. Rows and progress of the job were"
                        + " lost together: start it again, and it goes on where the database is. The application's own writes"
                        + " of that time need a look.");
    }
}
