package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how rows are found again.
 *
 * @param labels columns that tell a person which row it is, where the key does not
 * @param obstacle why there is no way, and what to do; null if there is one
 */
record AddressChoice(
        Address address,
        List<KeyColumn> key,
        List<String> labels,
        @Nullable String obstacle) {

    /** @param found the columns of the table's primary key, then those of its owner */
    static AddressChoice of(
            JobConnection connection,
            DatabaseKind database,
            List<EncryptedColumn> columns,
            List<String> secretNames,
            ResultSetMetaData found)
            throws SQLException {
        EncryptedTable table = columns.get(0).table();
        List<String> names = columns.stream().map(EncryptedColumn::name).toList();
        List<String> labels = table.keyColumns().isEmpty()
                ? table.ownerColumns()
                : table.keyColumns().stream()
                        .filter(name -> !secretNames.contains(name))
                        .toList();
        List<KeyColumn> key = new ArrayList<>();
        for (int index : KeyOrder.of(connection, found, table.keyColumns().size())) {
            String name = table.keyColumns().get(index - 1);
            String type = found.getColumnTypeName(index);
            KeyKind kind = KeyKind.of(found.getColumnType(index), type, database);
            if (kind == null) {
                return refused(
                        labels,
                        table + " has a primary key with the column " + name + " of the type " + type
                                + ". A table can be rewritten whose key's columns are numbers, texts, UUIDs, binary, dates or times.");
            }
            key.add(new KeyColumn(name, kind, type, secretNames.contains(name), names.contains(name)));
        }
        boolean stays = !key.isEmpty() && key.stream().noneMatch(KeyColumn::moves);
        if (!stays && database == DatabaseKind.H2) {
            return new AddressChoice(
                    Address.KEY,
                    List.of(new KeyColumn("_rowid_", KeyKind.NUMBER, "BIGINT", false, false)),
                    labels,
                    null);
        }
        if (!key.isEmpty()) {
            return new AddressChoice(Address.KEY, List.copyOf(key), List.of(), null);
        }
        return switch (database) {
            case POSTGRESQL ->
                hasTids(connection, table)
                        ? new AddressChoice(
                                Address.TID,
                                List.of(new KeyColumn("ctid", KeyKind.TEXT, "tid", false, true)),
                                labels,
                                null)
                        : refused(
                                labels,
                                table
                                        + " has no primary key and is partitioned, foreign or a view. Add a primary key: a generated column will do.");
            case MARIADB -> byContent(columns, found);
            default ->
                refused(
                        labels,
                        table + " has no primary key, by which alone rows are found again on this database. Add one:"
                                + " a generated column will do.");
        };
    }

    private static AddressChoice refused(List<String> labels, String obstacle) {
        return new AddressChoice(Address.KEY, List.of(), labels, obstacle);
    }

    private static AddressChoice byContent(List<EncryptedColumn> columns, ResultSetMetaData found) throws SQLException {
        List<String> owner = columns.get(0).table().ownerColumns();
        List<KeyColumn> key = new ArrayList<>();
        for (int i = 0; i < owner.size(); i++) {
            KeyKind kind = KeyKind.of(found.getColumnType(i + 1), found.getColumnTypeName(i + 1), DatabaseKind.MARIADB);
            if (kind == null || found.isNullable(i + 1) != ResultSetMetaData.columnNoNulls) {
                // The digest alone does it too, if only by reading the whole table for each page.
                key.clear();
                break;
            }
            key.add(new KeyColumn(owner.get(i), kind, found.getColumnTypeName(i + 1), false, false));
        }
        String digests = columns.stream()
                .map(column -> "coalesce(sha2(" + column.name() + ", 256), '-')")
                .collect(Collectors.joining(", "));
        key.add(new KeyColumn("sha2(concat(" + digests + "), 256)", KeyKind.TEXT, "char", true, true));
        return new AddressChoice(Address.CONTENT, List.copyOf(key), key.size() > 1 ? List.of() : owner, null);
    }

    private static boolean hasTids(JobConnection connection, EncryptedTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepare(
                "select c.relkind = 'r' and not exists (select 1 from pg_inherits i where i.inhparent = c.oid)"
                        + " from pg_class c where c.oid = cast(? as regclass)")) {
            statement.setString(1, table.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
