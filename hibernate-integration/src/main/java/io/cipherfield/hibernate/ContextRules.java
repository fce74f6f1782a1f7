package io.cipherfield.hibernate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two classes of one simple name would share their attributes' contexts, so that a ciphertext could be moved from one to the other. */
final class ContextRules {

    private ContextRules() {}

    static void check(List<MappedAttribute> attributes) {
        Map<String, String> declaringClasses = new HashMap<>();
        for (MappedAttribute mapped : attributes) {
            AttributeOptions options = mapped.attribute().options();
            if (options.declaringClass().isEmpty()) {
                continue;
            }
            String other = declaringClasses.putIfAbsent(options.context(), options.declaringClass());
            if (other != null && !other.equals(options.declaringClass())) {
                throw Refusal.of(
                        options,
                        "its values would be bound to the context " + options.context()
                                + ", and so would those of " + other
                                + ", a class of the same simple name: a ciphertext of one would decrypt in the other",
                        "Give one of them a context of its own, the newer one if both have values: @Encrypted(context = \""
                                + options.context().replace(".", "2.") + "\").");
            }
        }
    }
}
