package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the database itself describes it, which may differ from what the mapping would create.
 *
 * @param address how rows are found again
 * @param key the columns by which pages go and rows are found again; empty if there are none
 * @param labels columns that tell a person which row it is, where the key does not
 * @param lengths the longest value that each column takes, in characters or bytes
 * @param realCatalogue the table's catalogue as the database names it, or empty
 * @param realName the table's name as the database names it
 * @param largeObjects whether a column holds large objects
 * @param paddedColumns those of a fixed length, which add or cut blanks or zeros
 * @param valueObstacles why values cannot be decrypted for certain, and what to do
 * @param keyObstacle why pages cannot go by the key, and what to do; null if they can
 */
record TableShape(
        EncryptedTable table,
        List<EncryptedColumn> columns,
        Address address,
        List<KeyColumn> key,
        List<String> labels,
        List<Long> lengths,
        String realCatalogue,
        String realName,
        boolean largeObjects,
        List<String> paddedColumns,
        List<String> valueObstacles,
        @Nullable String keyObstacle) {

    /** @param all the encrypted columns of the table, also those that are not looked at */
    static TableShape read(
            JobConnection connection, DatabaseKind database, List<EncryptedColumn> columns, List<EncryptedColumn> all)
            throws SQLException {
        EncryptedTable table = columns.get(0).table();
        AddressChoice choice;
        List<String> names = table.keyColumns().isEmpty() ? table.ownerColumns() : table.keyColumns();
        List<String> secret = all.stream().map(EncryptedColumn::name).toList();
        try (PreparedStatement statement = nothing(connection, names, table)) {
            choice = AddressChoice.of(
                    connection,
                    database,
                    columns,
                    secret,
                    statement.executeQuery().getMetaData());
        }
        names = columns.stream().map(EncryptedColumn::name).toList();
        try (PreparedStatement statement = nothing(connection, names, table)) {
            return of(choice, columns, statement.executeQuery().getMetaData());
        }
    }

    private static PreparedStatement nothing(JobConnection connection, List<String> names, EncryptedTable table)
            throws SQLException {
        return connection.prepare("select " + (names.isEmpty() ? "1" : String.join(", ", names)) + " from "
                + table.name() + " where 1 = 0");
    }

    private static TableShape of(AddressChoice choice, List<EncryptedColumn> columns, ResultSetMetaData found)
            throws SQLException {
        EncryptedTable table = columns.get(0).table();
        List<String> obstacles = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        List<String> padded = new ArrayList<>();
        boolean largeObjects = false;
        for (int i = 0; i < columns.size(); i++) {
            EncryptedColumn column = columns.get(i);
            int precision = found.getPrecision(i + 1);
            lengths.add(precision <= 0 ? Long.MAX_VALUE : precision);
            int type = found.getColumnType(i + 1);
            largeObjects |= type == Types.BLOB || type == Types.CLOB || type == Types.NCLOB;
            if (isPadded(type, found.getColumnTypeName(i + 1))) {
                padded.add(column.toString());
            }
            if (found.getColumnTypeName(i + 1).equals("oid")) {
                obstacles.add(column
                        + " is a large object outside of the table (oid). Make it a bytea or text column, and map it"
                        + " without @Lob.");
            }
            if (!column.rivals().isEmpty()) {
                obstacles.add(column + " is shared by attributes with different contexts ("
                        + column.attribute().context() + ", "
                        + column.rivals().get(0).context()
                        + "). Give them one context and the same formerContexts, or a column each.");
            }
        }
        return new TableShape(
                table,
                columns,
                choice.address(),
                choice.key(),
                choice.labels(),
                List.copyOf(lengths),
                found.getCatalogName(1),
                found.getTableName(1),
                largeObjects,
                List.copyOf(padded),
                List.copyOf(obstacles),
                choice.obstacle());
    }

    /** PostgreSQL's driver calls bytea BINARY. */
    private static boolean isPadded(int type, String typeName) {
        return type == Types.CHAR || type == Types.NCHAR || (type == Types.BINARY && !typeName.equals("bytea"));
    }

    /** Whether a row stands elsewhere in the order of keys once it is rewritten. */
    boolean moves() {
        return address != Address.KEY || key.stream().anyMatch(KeyColumn::moves);
    }

    /** How many of the key's first columns stay, so that a row stays in a range that is cut by them, and may be written down. */
    int fixedColumns() {
        int fixed = 0;
        while (fixed < key.size() && !key.get(fixed).moves() && !key.get(fixed).secret()) {
            fixed++;
        }
        return fixed;
    }

    /**
     * The last key of a page, or of a row before, that may be written down since it tells no plaintext of an encrypted attribute,
     * nor its digest.
     *
     * @param before the one of the pages before
     */
    @Nullable
    KeyValue showable(List<Row> page, KeyValue last, @Nullable KeyValue before) {
        if (key.subList(0, last.size()).stream().noneMatch(KeyColumn::secret)) {
            return last;
        }
        KeyValue shown = before;
        for (Row row : page) {
            if (row.isCiphertext() && (address == Address.CONTENT || row.key().isCiphertext(key))) {
                shown = row.key();
            }
            if (row.key().equals(last)) {
                break;
            }
        }
        return shown;
    }

    /** A row's key, for reports. */
    String text(Row row) {
        if (key.isEmpty()) {
            return row.label();
        }
        return row.label().isEmpty()
                ? row.key().text(key)
                : row.label() + ", " + row.key().namedText(key);
    }
}
