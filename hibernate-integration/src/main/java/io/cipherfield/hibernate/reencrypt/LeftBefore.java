package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.journal.DataSet;
import io.cipherfield.hibernate.internal.journal.Journal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Values that earlier runs left where they are since nobody could read them, and that are recorded in quarantine. That they fail again tells nothing new: they stop
 * no later run before it begins. One counts only as what it was then, so that another one in its place is looked at like any other. Immutable.
 */
final class LeftBefore {

    private final Fingerprints fingerprints;
    private final Map<String, Set<String>> byColumn;

    private LeftBefore(Fingerprints fingerprints, Map<String, Set<String>> byColumn) {
        this.fingerprints = fingerprints;
        this.byColumn = byColumn;
    }

    /** None: whoever says how many values may fail says it of all. */
    static LeftBefore nothing(Fingerprints fingerprints) {
        return new LeftBefore(fingerprints, Map.of());
    }

    /** Creates no table. */
    static LeftBefore read(
            JobConnection connection, JobPlan plan, Journal journal, DataSet data, Fingerprints fingerprints)
            throws SQLException {
        Map<String, Set<String>> byColumn = new HashMap<>();
        for (TableShape shape : plan.tables()) {
            Map<String, Set<String>> ofTable =
                    journal.unreadable(connection.get(), data, shape.table().name());
            for (EncryptedColumn column : shape.columns()) {
                Set<String> found = ofTable.get(column.name());
                if (found != null) {
                    byColumn.put(column.qualifiedName(), found);
                }
            }
        }
        return new LeftBefore(fingerprints, Map.copyOf(byColumn));
    }

    boolean hasSome(EncryptedColumn column) {
        return byColumn.containsKey(column.qualifiedName());
    }

    boolean includes(EncryptedColumn column, Object stored) {
        Set<String> left = byColumn.get(column.qualifiedName());
        return left != null && fingerprints.all(stored).anyMatch(left::contains);
    }
}
