package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the values that are bound to former contexts, by column, as pages are done. Thread-safe. */
final class FormerValues {

    private final Map<EncryptedColumn, Long> found = new LinkedHashMap<>();

    synchronized void add(TableShape shape, List<Row> rows) {
        for (int i = 0; i < shape.columns().size(); i++) {
            EncryptedColumn column = shape.columns().get(i);
            if (!column.attribute().formerContexts().isEmpty()) {
                long count = 0;
                for (Row row : rows) {
                    if (row.decision(i).outcome() == Decision.Outcome.REBIND) {
                        count += row.times();
                    }
                }
                found.merge(column, count, Long::sum);
            }
        }
    }

    /** For the report of a job that looked at every value: whether formerContexts may be taken out. */
    synchronized List<String> notes() {
        List<String> notes = new ArrayList<>();
        found.forEach((column, count) -> {
            String contexts = String.join(", ", column.attribute().formerContexts());
            notes.add(
                    count == 0
                            ? column + ": no value that decrypts is bound to a former context (" + contexts
                                    + "). When no instance writes them any more, they can be taken out."
                            : column + ": " + count + (count == 1 ? " value is" : " values are")
                                    + " bound to a former context (" + contexts + "). The job rebind moves them.");
        });
        return notes;
    }
}
