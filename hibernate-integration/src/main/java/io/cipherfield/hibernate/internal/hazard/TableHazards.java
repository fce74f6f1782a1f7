package io.cipherfield.hibernate.internal.hazard;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.startup.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The hazards of one table. Reads the catalogue alone, takes no locks; the caller ends the transaction. */
public final class TableHazards {

    private TableHazards() {}

    /** @param columns the encrypted columns of one table that a job would set */
    public static List<Hazard> find(Connection connection, DatabaseKind database, List<EncryptedColumn> columns)
            throws SQLException {
        String sql = columns.get(0).table().name();
        TableName table = TableName.find(connection, database, sql);
        if (table == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        DatabaseMetaData rules = connection.getMetaData();
        for (EncryptedColumn column : columns) {
            names.add(TableName.unquoted(column.name(), rules));
        }
        return switch (database) {
            case POSTGRESQL -> new PostgresqlHazards(connection, sql, names).find();
            case H2 -> new H2Hazards(connection, sql, table, names).find();
            case MARIADB -> new MariadbHazards(connection, sql, table, names).find();
            case OTHER ->
                List.of(new Hazard(
                        Hazard.Kind.NOTICE,
                        sql,
                        "triggers, history tables and row-level security are not looked for on this database; look"
                                + " yourself before you start"));
        };
    }
}
