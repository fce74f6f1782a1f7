package io.cipherfield.hibernate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two classes of one simple name would share their attributes' contexts, so that a ciphertext could be moved from one to the other; and so would an
 * attribute that reads by a former context what another one writes. Who names a context means it.
 */
final class ContextRules {

    private ContextRules() {}

    static void check(List<MappedAttribute> attributes) {
        Map<String, AttributeOptions> former = new HashMap<>();
        for (MappedAttribute mapped : attributes) {
            AttributeOptions options = mapped.attribute().options();
            options.formerContexts().forEach(context -> former.putIfAbsent(context, options));
        }
        Map<String, String> declaringClasses = new HashMap<>();
        for (MappedAttribute mapped : attributes) {
            AttributeOptions options = mapped.attribute().options();
            if (options.declaringClass().isEmpty()) {
                continue;
            }
            AttributeOptions reader = former.get(options.context());
            if (reader != null) {
                throw Refusal.of(
                        options,
                        "its values would be bound to the context " + options.context() + ", which "
                                + reader.attribute()
                                + " names in its formerContexts: a ciphertext of the one would decrypt in the other",
                        "Give the newer of the two a context of its own: " + newContext(options)
                                + ". If both are to read those values, name the context that it has.");
            }
            String other = declaringClasses.putIfAbsent(options.context(), options.declaringClass());
            if (other != null && !other.equals(options.declaringClass())) {
                throw Refusal.of(
                        options,
                        "its values would be bound to the context " + options.context()
                                + ", and so would those of " + other
                                + ", a class of the same simple name: a ciphertext of one would decrypt in the other",
                        "Give one of them a context of its own, the newer one if both have values: "
                                + newContext(options) + ".");
            }
        }
    }

    private static String newContext(AttributeOptions options) {
        return "@Encrypted(context = \"" + options.context().replace(".", "2.") + "\")";
    }

    /** What one attribute by itself shows to be wrong. */
    static void checkFormer(AttributeOptions options) {
        Set<String> seen = new HashSet<>(Set.of(options.context()));
        for (String context : options.formerContexts()) {
            if (context.isBlank() || context.contains("\n")) {
                throw Refusal.of(
                        options,
                        "one of its formerContexts is blank or has several lines",
                        "Name the old class and attribute, as in formerContexts = \"OldPatient.ssn\", or what the old context said.");
            }
            if (!seen.add(context)) {
                throw Refusal.of(
                        options,
                        "its formerContexts name " + context + ", which is its present context or stands there twice",
                        "Take it out; if the attribute was renamed, name the old context there, and none or the new one as context.");
            }
        }
    }
}
