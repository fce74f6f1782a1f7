package io.cipherfield.hibernate.internal.startup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with real columns, and how it is said: a line for each, then every statement once. */
final class ColumnFindings {

    private final List<ColumnFinding> all = new ArrayList<>();

    void add(List<ColumnFinding> findings) {
        all.addAll(findings);
    }

    boolean any(boolean errors) {
        return all.stream().anyMatch(finding -> finding.error() == errors);
    }

    List<String> lines(boolean errors) {
        return all.stream()
                .filter(finding -> finding.error() == errors)
                .map(ColumnFinding::toString)
                .toList();
    }

    /** A column that has an error is made to fit in all respects. */
    List<String> statements(boolean errors) {
        Set<String> statements = new LinkedHashSet<>();
        for (ColumnFinding finding : all) {
            if (finding.error() == errors) {
                statements.addAll(finding.statements());
            }
        }
        return List.copyOf(statements);
    }
}
