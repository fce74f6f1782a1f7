package io.cipherfield.hibernate.internal.version;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.boot.Metadata;
import org.hibernate.engine.spi.FilterDefinition;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code @Filter}s, which Hibernate 7 holds in a class of another package than 6.6. */
public final class FilterConditions {

    private FilterConditions() {}

    /** @param filters as an entity or a collection of the boot metadata gives them */
    public static List<String> of(List<?> filters, Metadata metadata) {
        List<String> conditions = new ArrayList<>();
        for (Object filter : filters) {
            String condition = ask(filter, "getCondition");
            if (condition == null || condition.isEmpty()) {
                FilterDefinition definition = metadata.getFilterDefinition(ask(filter, "getName"));
                condition = definition == null ? null : definition.getDefaultFilterCondition();
            }
            if (condition != null) {
                conditions.add(condition);
            }
        }
        return conditions;
    }

    private static @Nullable String ask(Object filter, String getter) {
        try {
            return (String) filter.getClass().getMethod(getter).invoke(filter);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A filter of this Hibernate does not tell its condition", e);
        }
    }
}
