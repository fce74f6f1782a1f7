package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.query.SemanticException;
import org.hibernate.query.sqm.produce.function.FunctionArgumentException;

/**
 * Words for queries that Hibernate refuses before the guard can see them, since it does not take an encrypted attribute for what
 * a few functions and {@code union} want. Hibernate names neither the attribute nor a way out.
 */
final class SemanticRefusal {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");

    private static final List<String> MISJUDGED =
            List.of("Select items of the same index must have the same java type", "Operand of 'by' is of type");

    private final Collection<EncryptedAttribute> encrypted;

    SemanticRefusal(Collection<EncryptedAttribute> encrypted) {
        this.encrypted = encrypted;
    }

    /**
     * Whether Hibernate misjudged an encrypted attribute. What it checks against the attribute's JDBC type ("mapped to") it judges
     * as without encryption, and then the query is wrong by itself.
     */
    static boolean explains(SemanticException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return refusal instanceof FunctionArgumentException
                ? !message.contains("mapped to")
                : MISJUDGED.stream().anyMatch(message::startsWith);
    }

    /** The encrypted attributes that the query names, or may name: its text is all that there is. */
    List<String> named(String hql) {
        String text = LITERAL.matcher(hql).replaceAll("''");
        List<EncryptedAttribute> candidates = encrypted.stream()
                .filter(attribute -> contains(text, attribute.name()))
                .toList();
        List<EncryptedAttribute> ofNamedEntities = candidates.stream()
                .filter(attribute -> contains(text, simpleName(attribute.entity())))
                .toList();
        return (ofNamedEntities.isEmpty() ? candidates : ofNamedEntities)
                .stream().map(Refusal::label).distinct().sorted().toList();
    }

    static String message(List<String> named) {
        return String.format(
                Locale.ROOT,
                "The query was refused: it names %s, encrypted, and Hibernate does not take the stored form for the type that a"
                        + " part of the query wants. Functions, arithmetic and 'union' with something else cannot work on"
                        + " ciphertext. Select the attribute by itself and work on the loaded value in Java. If the query"
                        + " is wrong for another reason, the cause has Hibernate's words.",
                named.stream().collect(Collectors.joining(" and ")));
    }

    private static boolean contains(String text, String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                .matcher(text)
                .find();
    }

    private static String simpleName(String entity) {
        return entity.substring(Math.max(entity.lastIndexOf('.'), entity.lastIndexOf('$')) + 1);
    }
}
