package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table or view as the database describes it, with those of its columns that the mapping names. */
record RealTable(boolean view, Map<EncryptedColumn, RealColumn> columns, List<RealIndex> indexes) {

    /** @return null if the table is not found */
    static @Nullable RealTable read(
            Connection connection, DatabaseKind database, List<EncryptedColumn> columns, int seconds)
            throws SQLException {
        TableName name =
                TableName.find(connection, database, columns.get(0).table().name());
        if (name == null) {
            return null;
        }
        ColumnReader reader = new ColumnReader(connection, database, name, seconds);
        Map<EncryptedColumn, RealColumn> found = reader.read(columns);
        if (found.isEmpty()) {
            return null;
        }
        boolean view = reader.isView();
        return new RealTable(view, found, view ? List.of() : new IndexReader(connection, database, name).read());
    }

    List<RealIndex> indexesOf(RealColumn column) {
        return indexes.stream().filter(index -> index.covers(column)).toList();
    }
}
