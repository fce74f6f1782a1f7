package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the values that are bound to former contexts, by column, as pages are done. Thread-safe. */
final class FormerValues {

    /** How many values of a column are bound to a former context, are encrypted at all, are not, and failed. */
    private record Found(long former, long encrypted, long notEncrypted, long failed) {

        static final Found NONE = new Found(0, 0, 0, 0);

        Found plus(Row row, int column, EncryptedAttribute attribute) {
            Object stored = row.stored(column);
            if (stored == null) {
                return this;
            }
            long times = row.times();
            Decision.Outcome outcome = row.decision(column).outcome();
            boolean isEncrypted = attribute.header(stored) != null;
            return new Found(
                    former + (outcome == Decision.Outcome.REBIND ? times : 0),
                    encrypted + (isEncrypted ? times : 0),
                    notEncrypted + (isEncrypted ? 0 : times),
                    failed + (outcome == Decision.Outcome.FAILED ? times : 0));
        }
    }

    private final Map<EncryptedColumn, Found> columns = new LinkedHashMap<>();

    synchronized void add(TableShape shape, List<Row> rows) {
        for (int i = 0; i < shape.columns().size(); i++) {
            EncryptedColumn column = shape.columns().get(i);
            if (!column.attribute().formerContexts().isEmpty()) {
                Found found = columns.getOrDefault(column, Found.NONE);
                for (Row row : rows) {
                    found = found.plus(row, i, column.attribute());
                }
                columns.put(column, found);
            }
        }
    }

    /** For the report of a job that looked at every value: whether formerContexts may be taken out. */
    synchronized List<String> notes() {
        List<String> notes = new ArrayList<>();
        columns.forEach((column, found) -> notes.add(column + ": "
                + verdict(found, String.join(", ", column.attribute().formerContexts()))));
        return notes;
    }

    private static String verdict(Found found, String contexts) {
        if (found.former > 0) {
            return values(found.former, "is", "are") + " bound to a former context (" + contexts
                    + "). The job rebind moves them.";
        }
        if (found.failed > 0) {
            return "no value that decrypts is bound to a former context (" + contexts + "), but "
                    + values(found.failed, "does", "do") + " not decrypt. See to these before they are taken out.";
        }
        if (found.encrypted == 0 && found.notEncrypted > 0) {
            return "no value is encrypted in format 1, which alone binds it to a context, so that nothing can be said of the former ones ("
                    + contexts + "). Look again when the values are encrypted.";
        }
        return "no value that decrypts is bound to a former context (" + contexts
                + "). When no instance writes them any more, they can be taken out.";
    }

    private static String values(long count, String one, String several) {
        return count + (count == 1 ? " value " + one : " values " + several);
    }
}
