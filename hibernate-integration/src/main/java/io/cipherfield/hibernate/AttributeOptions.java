package io.cipherfield.hibernate;

import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What an attribute's annotation says, resolved. It is kept in the type's parameters too, since Envers copies those to its audit
 * entities, which have no annotations.
 *
 * @param declaringClass the name of the class whose field or getter carries the annotation, if the context is derived from it; else empty
 */
record AttributeOptions(
        String entity,
        String name,
        String declaringClass,
        String context,
        Storage storage,
        PlaintextMode plaintext,
        int padTo,
        boolean deterministic,
        List<String> legacy,
        List<String> formerContexts) {

    private static final String PREFIX = "io.cipherfield.attribute.";
    private static final String SEPARATOR = "\n";

    /** As an error names it. */
    String attribute() {
        return entity + "." + name;
    }

    /** With the context that follows from the class that declares the attribute. */
    AttributeOptions derived(String fromDeclaringClass, String derivedContext) {
        return new AttributeOptions(
                entity,
                name,
                fromDeclaringClass,
                derivedContext,
                storage,
                plaintext,
                padTo,
                deterministic,
                legacy,
                formerContexts);
    }

    void save(Properties parameters) {
        parameters.setProperty(PREFIX + "entity", entity);
        parameters.setProperty(PREFIX + "name", name);
        parameters.setProperty(PREFIX + "declaringClass", declaringClass);
        parameters.setProperty(PREFIX + "context", context);
        parameters.setProperty(PREFIX + "storage", storage.name());
        parameters.setProperty(PREFIX + "plaintext", plaintext.name());
        parameters.setProperty(PREFIX + "padTo", Integer.toString(padTo));
        parameters.setProperty(PREFIX + "deterministic", Boolean.toString(deterministic));
        parameters.setProperty(PREFIX + "legacy", String.join(SEPARATOR, legacy));
        parameters.setProperty(PREFIX + "formerContexts", String.join(SEPARATOR, formerContexts));
    }

    static @Nullable AttributeOptions load(Properties parameters) {
        if (parameters.getProperty(PREFIX + "context") == null) {
            return null;
        }
        return new AttributeOptions(
                parameters.getProperty(PREFIX + "entity"),
                parameters.getProperty(PREFIX + "name"),
                parameters.getProperty(PREFIX + "declaringClass"),
                parameters.getProperty(PREFIX + "context"),
                Storage.valueOf(parameters.getProperty(PREFIX + "storage")),
                PlaintextMode.valueOf(parameters.getProperty(PREFIX + "plaintext")),
                Integer.parseInt(parameters.getProperty(PREFIX + "padTo")),
                Boolean.parseBoolean(parameters.getProperty(PREFIX + "deterministic")),
                list(parameters, "legacy"),
                list(parameters, "formerContexts"));
    }

    private static List<String> list(Properties parameters, String name) {
        String joined = parameters.getProperty(PREFIX + name);
        return joined.isEmpty() ? List.of() : List.of(joined.split(SEPARATOR, -1));
    }
}
