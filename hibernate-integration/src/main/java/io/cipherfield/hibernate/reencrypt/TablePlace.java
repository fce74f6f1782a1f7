package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The name that tells a table from those of other schemas and catalogues, whatever name SQL has for it on a connection. */
final class TablePlace {

    private TablePlace() {}

    /** @param found of a query of the table */
    static String of(JobConnection connection, DatabaseKind database, EncryptedTable table, ResultSetMetaData found)
            throws SQLException {
        if (database == DatabaseKind.POSTGRESQL) {
            return ofPostgresql(connection, table);
        }
        String catalogue = found.getCatalogName(1);
        String schema = found.getSchemaName(1);
        boolean unknown = isEmpty(catalogue) && isEmpty(schema);
        return joined(
                unknown ? connection.get().getCatalog() : catalogue,
                unknown ? connection.get().getSchema() : schema,
                isEmpty(found.getTableName(1)) ? table.name() : found.getTableName(1));
    }

    /** Its driver does not tell. */
    private static String ofPostgresql(JobConnection connection, EncryptedTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepare("select n.nspname, c.relname from pg_catalog.pg_class c"
                + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = cast(? as regclass)")) {
            statement.setString(1, table.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? joined(null, rows.getString(1), rows.getString(2)) : table.name();
            }
        }
    }

    private static String joined(@Nullable String catalogue, @Nullable String schema, String name) {
        return (isEmpty(catalogue) ? "" : catalogue + ".") + (isEmpty(schema) ? "" : schema + ".") + name;
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
