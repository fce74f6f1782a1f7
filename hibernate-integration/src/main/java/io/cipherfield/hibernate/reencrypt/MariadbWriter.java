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
 * A page goes by {@code load data} into a temporary table, and one update joins it with the table: the fastest way by
 * measurement. A page that the server has a remark about goes by the batch instead. Thread-safe: each connection has a temporary
 * table of its own.
 */
final class MariadbWriter implements RowWriter {

    private final BatchWriter batch;
    private final int columns;
    private final String page;
    private final String create;
    private final String load;
    private final String update;

    MariadbWriter(TableShape shape, List<String> setToThemselves, BatchWriter batch) {
        this.batch = batch;
        this.columns = shape.columns().size();
        this.page = pageTable(shape);
        List<String> selected = new ArrayList<>();
        List<String> loaded = new ArrayList<>();
        List<String> converted = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            KeyColumn column = shape.key().get(i);
            selected.add(column.name() + " as k" + i);
            add("k" + i, column.kind() != KeyKind.TEXT, loaded, converted);
            conditions.add("t." + column.name() + " = v.k" + i);
        }
        for (int i = 0; i < columns; i++) {
            EncryptedColumn column = shape.columns().get(i);
            boolean text = column.attribute().storage() == Storage.TEXT;
            for (String name : List.of("o" + i, "n" + i)) {
                selected.add(column.name() + " as " + name);
                add(name, !text, loaded, converted);
            }
            conditions.add(same("t." + column.name(), "v.o" + i, text));
            assignments.add("t." + column.name() + " = v.n" + i);
        }
        setToThemselves.forEach(name -> assignments.add("t." + name + " = t." + name));
        String table = shape.table().name();
        // So that each of its columns has exactly the type and collation of the column that it is compared with.
        this.create = "create temporary table " + page + " as select " + String.join(", ", selected) + " from " + table
                + " where 1 = 0";
        this.load = "load data local infile 'page' into table " + page + " character set binary " + LoadedPage.FORMAT
                + " (" + String.join(", ", loaded) + ")"
                + (converted.isEmpty() ? "" : " set " + String.join(", ", converted));
        this.update = "update " + page + " v straight_join " + table + " t on " + String.join(" and ", conditions)
                + " set " + String.join(", ", assignments);
    }

    /** @return the batch where the driver, the server or its settings allow no more, with what would be faster */
    static RowWriter of(JobConnection connection, TableShape shape, List<String> setToThemselves) throws SQLException {
        if (shape.address() == Address.CONTENT) {
            return MariadbContentWriter.of(connection, shape, setToThemselves);
        }
        String obstacle = obstacle(connection, shape);
        BatchWriter batch = new BatchWriter(DatabaseKind.MARIADB, shape, NullSafe.MARIADB, setToThemselves, obstacle);
        if (obstacle != null) {
            return batch;
        }
        MariadbWriter writer = new MariadbWriter(shape, setToThemselves, batch);
        String refused = writer.refused(connection);
        return refused == null
                ? writer
                : new BatchWriter(DatabaseKind.MARIADB, shape, NullSafe.MARIADB, setToThemselves, refused);
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
        if (fill(connection, rows) != rows.size()) {
            return batch.write(connection, rows);
        }
        try (PreparedStatement statement = connection.prepare(update)) {
            return statement.executeUpdate() == rows.size();
        }
    }

    private int fill(JobConnection connection, List<Row> rows) throws SQLException {
        connection.temporarily(create, "drop temporary table if exists " + page);
        try (PreparedStatement statement = connection.prepare("delete from " + page)) {
            statement.executeUpdate();
        }
        return LoadData.load(connection, load, LoadedPage.of(rows, columns));
    }

    @Override
    public String name() {
        return "LOAD DATA and one update a page";
    }

    String sql() {
        return create + "; " + load + "; " + update;
    }
}
