package io.cipherfield.hibernate.internal.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run is to do. A run goes on where another ended only if both have the same; the texts are compared as they are, so
 * lists need an order that does not depend on chance.
 *
 * @param mode such as RUN
 * @param primaryKeyId the id of the key that encrypts
 * @param suite for what is written
 * @param fromKeys the ids of the keys to leave; empty for all
 * @param selection the entities and attributes; empty for all
 * @param fingerprint of the encrypted columns and how each is stored
 */
public record RunDefinition(
        String mode, String primaryKeyId, String suite, String fromKeys, String selection, String fingerprint) {

    /** What this one has otherwise than the earlier one, for a person to read. */
    String changesSince(RunDefinition earlier) {
        List<String> changes = new ArrayList<>();
        add(changes, "mode", earlier.mode, mode);
        add(changes, "key that encrypts", earlier.primaryKeyId, primaryKeyId);
        add(changes, "suite", earlier.suite, suite);
        add(changes, "keys to leave", earlier.fromKeys, fromKeys);
        add(changes, "selection", earlier.selection, selection);
        if (!fingerprint.equals(earlier.fingerprint)) {
            changes.add("the encrypted columns or the way they are stored");
        }
        return String.join(", ", changes);
    }

    private static void add(List<String> changes, String name, String before, String now) {
        if (!before.equals(now)) {
            changes.add(name + " (" + orAll(before) + ", now " + orAll(now) + ")");
        }
    }

    private static String orAll(String text) {
        return text.isEmpty() ? "all" : text;
    }
}
