package io.cipherfield.hibernate.internal.journal;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose rows a run goes through. Two runs that share a table never run at once, whoever starts them; two that share none know
 * nothing of each other, though they keep their progress in one place. A run takes the place only of an unfinished one of its own tenant.
 *
 * @param tenant empty where there is none
 * @param tables by the name that SQL has for each, the one that tells it from those of other schemas and catalogues
 */
public record DataSet(String tenant, Map<String, String> tables) {

    public DataSet {
        tables = Map.copyOf(tables);
    }

    Set<String> places() {
        return Collections.unmodifiableSet(new TreeSet<>(tables.values()));
    }

    Set<String> shared(Collection<String> others) {
        Set<String> shared = new TreeSet<>(tables.values());
        shared.retainAll(others);
        return shared;
    }

    /** Never empty, and different for the same name of another schema or tenant. */
    String place(String table) {
        String place = tables.getOrDefault(table, table);
        return tenant.isEmpty() ? place : tenant + ": " + place;
    }
}
