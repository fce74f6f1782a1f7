package io.cipherfield.hibernate.internal.startup;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An index as the database describes it.
 *
 * @param keys columns by their true names, and expressions
 * @param constraint the name of the constraint that it belongs to, or null
 */
record RealIndex(
        TableName table,
        String name,
        boolean unique,
        List<String> keys,
        @Nullable String constraint,
        boolean primaryKey) {

    /** Whether the column is among the keys, if only in an expression such as {@code lower(ssn)}. */
    boolean covers(RealColumn column) {
        Pattern name = Pattern.compile("(?<![\\w$])" + Pattern.quote(column.name()) + "(?![\\w$(])");
        return keys.stream()
                .anyMatch(key -> key.equals(column.name())
                        || (key.contains("(") && name.matcher(key).find()));
    }
}
