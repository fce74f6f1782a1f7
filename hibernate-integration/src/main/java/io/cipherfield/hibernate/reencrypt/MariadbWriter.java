package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page goes by {@code load data} into a temporary table, in memory if it fits, and one update joins it with the table: the
 * fastest way by measurement. A page that the server has a remark about goes by the batch instead. Thread-safe: each connection
 * has a temporary table of its own.
 */
final class MariadbWriter implements RowWriter {

    private static final DatabaseKind DATABASE = DatabaseKind.MARIADB;
    private static final String KEY = "cipherfield_k";
    private static final String OLD = "cipherfield_o";
    private static final String NEW = "cipherfield_n";
    /** Of the server's memory, as the most that a page may take of it; a larger one goes to the server's disk. */
    private static final int MEMORY_IN_BYTES = 32 << 20;

    private static final int WIDTH_STEP = 64;
    private static final String LONGEST = "/*longest*/";
    private static final int TABLE_IS_FULL = 1114;

    private final TableShape shape;
    private final BatchWriter batch;
    private final String drop;
    private final String create;
    private final String createInMemory;
    /** What it selects, with {@link #LONGEST} for the most characters or bytes of a value. */
    private final String shortened;

    private final String delete;
    private final String load;
    private final String updateByKey;
    private final String updateByRange;
    /** Whether pages have fitted so far. */
    private volatile boolean inMemory;
    /** The longest value so far, rounded up: a table in memory takes as much for each. */
    private volatile int width = WIDTH_STEP;
    /** Whether an update may go through the rows between a page's first and last key. */
    private volatile boolean goesByRange = true;

    private MariadbWriter(TableShape shape, List<String> setToThemselves, BatchWriter batch, boolean inMemory) {
        this.shape = shape;
        this.batch = batch;
        String page = pageTable(shape);
        // Text by way of its characters, whatever character set its column has: all of a line, or value by value.
        boolean allText = shape.key().stream().noneMatch(column -> column.kind() == KeyKind.BYTES)
                && shape.columns().stream()
                        .allMatch(column -> column.attribute().storage() == Storage.TEXT);
        List<String> keys = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        List<String> shortened = new ArrayList<>();
        List<String> loaded = new ArrayList<>();
        List<String> converted = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            KeyColumn column = shape.key().get(i);
            String name = KEY + i;
            keys.add(name);
            selected.add(column.name() + " as " + name);
            shortened.add(column.name() + " as " + name);
            add(name, allText || column.kind() != KeyKind.TEXT, loaded, converted);
            conditions.add("t." + column.name() + " = v." + name);
        }
        for (int i = 0; i < shape.columns().size(); i++) {
            EncryptedColumn column = shape.columns().get(i);
            boolean text = column.attribute().storage() == Storage.TEXT;
            for (String name : List.of(OLD + i, NEW + i)) {
                selected.add(column.name() + " as " + name);
                shortened.add("left(" + column.name() + ", " + LONGEST + ") as " + name);
                add(name, allText || !text, loaded, converted);
            }
            conditions.add(same("t." + column.name(), "v." + OLD + i, text));
            assignments.add("t." + column.name() + " = v." + NEW + i);
        }
        setToThemselves.forEach(name -> assignments.add("t." + name + " = t." + name));
        String table = shape.table().name();
        // So that each of its columns has exactly the type and collation of the column that it is compared with.
        String key = " (primary key (" + String.join(", ", keys) + "))";
        String like = " from " + table + " where 1 = 0";
        this.drop = "drop temporary table if exists " + page;
        this.create = "create temporary table " + page + key + " as select " + String.join(", ", selected) + like;
        this.createInMemory = "set statement max_heap_table_size = " + MEMORY_IN_BYTES + " for create temporary table "
                + page + key + " engine = memory as select ";
        this.shortened = String.join(", ", shortened) + like;
        this.inMemory = inMemory;
        this.delete = "delete from " + page;
        this.load = "load data local infile 'page' into table " + page + " character set "
                + (allText ? "utf8mb4 " : "binary ") + LoadedPage.FORMAT
                + " (" + String.join(", ", loaded) + ")"
                + (converted.isEmpty() ? "" : " set " + String.join(", ", converted));
        String on = " on " + String.join(" and ", conditions) + " set " + String.join(", ", assignments);
        this.updateByKey = "update " + page + " v straight_join " + table + " t" + on;
        this.updateByRange = "update " + table + " t straight_join " + page + " v" + on;
    }

    /** @return the batch where the driver, the server or its settings allow no more, with what would be faster */
    static RowWriter of(JobConnection connection, TableShape shape, List<String> setToThemselves) throws SQLException {
        if (shape.address() == Address.CONTENT) {
            return MariadbContentWriter.of(connection, shape, setToThemselves);
        }
        String obstacle = obstacle(connection, shape);
        BatchWriter batch = new BatchWriter(DATABASE, shape, NullSafe.MARIADB, setToThemselves, obstacle);
        if (obstacle != null) {
            return batch;
        }
        MariadbWriter writer =
                new MariadbWriter(shape, setToThemselves, batch, LoadData.keepsTemporaryTables(connection));
        String refused = writer.refused(connection);
        return refused == null ? writer : new BatchWriter(DATABASE, shape, NullSafe.MARIADB, setToThemselves, refused);
    }

    private static @Nullable String obstacle(JobConnection connection, TableShape shape) throws SQLException {
        if (shape.moves()) {
            return "Tables whose key holds encrypted values are written row by row.";
        }
        return LoadData.obstacle(connection);
    }

    /** Numbers and bytes are loaded as they are; text by way of its characters, whatever character set its column has. */
    private static void add(String name, boolean asItIs, List<String> loaded, List<String> converted) {
        loaded.add(asItIs ? name : "@" + name);
        if (!asItIs) {
            converted.add(name + " = convert(@" + name + " using utf8mb4)");
        }
    }

    /** Both have one collation, which may call different texts equal: their bytes decide. */
    private static String same(String column, String read, boolean text) {
        return text ? "cast(" + column + " as binary) <=> cast(" + read + " as binary)" : column + " <=> " + read;
    }

    /** One name for one table, in its own database, since a connection may have none of its own. */
    static String pageTable(TableShape shape) {
        String name = "cipherfield_page_"
                + Integer.toHexString(Objects.hash(
                        shape.table().name(),
                        shape.columns().stream().map(EncryptedColumn::name).toList()));
        return shape.realCatalogue().isEmpty()
                ? name
                : "`" + shape.realCatalogue().replace("`", "``") + "`." + name;
    }

    /** Why an empty page fails, as advice; null if it does not. */
    private @Nullable String refused(JobConnection connection) throws SQLException {
        try {
            fill(connection, List.of());
            connection.rollback();
            return null;
        } catch (SQLException e) {
            connection.rollback();
            if (TransientFailure.is(e)) {
                throw e;
            }
            return "The right to CREATE TEMPORARY TABLES, and allowLocalInfile=true in the JDBC URL, would let the job load"
                    + " pages with LOAD DATA (the server or driver refused it: SQLSTATE " + e.getSQLState() + ", code "
                    + e.getErrorCode() + ").";
        }
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows) throws SQLException {
        return write(connection, rows, false);
    }

    @Override
    public boolean write(JobConnection connection, List<Row> rows, boolean dense) throws SQLException {
        if (fill(connection, rows) != rows.size()) {
            return batch.write(connection, rows);
        }
        return (dense && goesByRange ? updateByRange(connection, rows) : updateByKey(connection)) == rows.size();
    }

    private int updateByKey(JobConnection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepare(updateByKey)) {
            return statement.executeUpdate();
        }
    }

    /** The server then changes each row where it finds it; else it collects them all and looks each up a second time. */
    private int updateByRange(JobConnection connection, List<Row> rows) throws SQLException {
        KeyConditions range = new KeyConditions(List.of(
                condition(KeyCondition.Comparison.FROM, rows.get(0)),
                condition(KeyCondition.Comparison.UP_TO, rows.get(rows.size() - 1))));
        try (PreparedStatement statement = connection.prepare(updateByRange + range.where())) {
            range.bind(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            // It may have met locks of rows that are none of its own, behind the page even, if the server found no
            // better plan.
            goesByRange = false;
            throw e;
        }
    }

    private KeyCondition condition(KeyCondition.Comparison comparison, Row row) {
        return new KeyCondition(DATABASE, shape.key(), comparison, row.key());
    }

    private int fill(JobConnection connection, List<Row> rows) throws SQLException {
        if (inMemory) {
            widen(rows);
            String inThatWidth = createInMemory + shortened.replace(LONGEST, String.valueOf(width));
            connection.temporarily(List.of(inThatWidth, create), drop);
            try {
                return load(connection, rows);
            } catch (SQLException e) {
                if (e.getErrorCode() != TABLE_IS_FULL) {
                    throw e;
                }
                inMemory = false;
            }
        }
        connection.temporarily(List.of(create), drop);
        return load(connection, rows);
    }

    private synchronized void widen(List<Row> rows) {
        long longest = width;
        for (Row row : rows) {
            for (int i = 0; i < shape.columns().size(); i++) {
                longest = Math.max(longest, Decider.lengthOf(row.stored(i)));
                longest = Math.max(longest, Decider.lengthOf(row.next(i)));
            }
        }
        width = (int) Math.min(MEMORY_IN_BYTES, (longest + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP);
    }

    private int load(JobConnection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepare(delete)) {
            statement.executeUpdate();
        }
        return LoadData.load(
                connection, load, LoadedPage.of(rows, shape.columns().size()));
    }

    @Override
    public String name() {
        return "LOAD DATA and one update a page";
    }
}
