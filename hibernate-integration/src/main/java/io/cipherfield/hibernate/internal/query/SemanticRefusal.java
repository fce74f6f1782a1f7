package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.query.SemanticException;
import org.hibernate.query.sqm.produce.function.FunctionArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Words for queries that Hibernate refuses before the guard can see them, since it does not take an encrypted attribute for what
 * a few functions and {@code union} want. Hibernate names neither the attribute nor a way out.
 */
final class SemanticRefusal {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");

    private static final List<String> MISJUDGED =
            List.of("Select items of the same index must have the same java type", "Operand of 'by' is of type");

    private static final Pattern UNKNOWN_PATH = Pattern.compile("Could not interpret path expression '(\\w+)'.*");

    private final Collection<EncryptedAttribute> encrypted;

    SemanticRefusal(Collection<EncryptedAttribute> encrypted) {
        this.encrypted = encrypted;
    }

    /** What to say of Hibernate's refusal; null if it has nothing to do with encryption. */
    @Nullable
    String message(SemanticException refusal, String hql) {
        List<EncryptedAttribute> named = named(hql);
        String constant = constant(refusal, named);
        if (constant != null) {
            return constant;
        }
        return isMisjudged(refusal) && !named.isEmpty() ? misjudged(named) : null;
    }

    /**
     * Whether Hibernate misjudged an encrypted attribute. What it checks against the attribute's JDBC type ("mapped to") it judges
     * as without encryption, and then the query is wrong by itself.
     */
    private static boolean isMisjudged(SemanticException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return refusal instanceof FunctionArgumentException
                ? !message.contains("mapped to")
                : MISJUDGED.stream().anyMatch(message::startsWith);
    }

    /** Where Hibernate takes the short name of an enum's constant for attributes only that it sees to be of that enum. */
    private static @Nullable String constant(SemanticException refusal, List<EncryptedAttribute> named) {
        Matcher unknown = UNKNOWN_PATH.matcher(String.valueOf(refusal.getMessage()));
        if (!unknown.matches()) {
            return null;
        }
        return named.stream()
                .filter(attribute -> hasConstant(attribute.javaType(), unknown.group(1)))
                .findFirst()
                .map(attribute -> "The query was refused: " + Refusal.label(attribute)
                        + " is encrypted, and in lists, 'set' and 'insert' Hibernate knows the constants of its enum by"
                        + " their full names only. Write "
                        + attribute.javaType().getName() + ".<constant>, or pass a parameter.")
                .orElse(null);
    }

    private static boolean hasConstant(Class<?> type, String name) {
        return type.isEnum()
                && Arrays.stream(type.getEnumConstants())
                        .anyMatch(constant -> ((Enum<?>) constant).name().equals(name));
    }

    /** The encrypted attributes that the query names, or may name: its text is all that there is. */
    private List<EncryptedAttribute> named(String hql) {
        String text = LITERAL.matcher(hql).replaceAll("''");
        List<EncryptedAttribute> candidates = encrypted.stream()
                .filter(attribute -> contains(text, attribute.name()))
                .toList();
        List<EncryptedAttribute> ofNamedEntities = candidates.stream()
                .filter(attribute -> contains(text, simpleName(attribute.entity())))
                .toList();
        return ofNamedEntities.isEmpty() ? candidates : ofNamedEntities;
    }

    private static String misjudged(List<EncryptedAttribute> named) {
        return String.format(
                Locale.ROOT,
                "The query was refused: it names %s, encrypted, and Hibernate does not take the stored form for the type that a"
                        + " part of the query wants. Functions, arithmetic and 'union' with something else cannot work on"
                        + " ciphertext. Select the attribute by itself and work on the loaded value in Java. If the query"
                        + " is wrong for another reason, the cause has Hibernate's words.",
                named.stream().map(Refusal::label).distinct().sorted().collect(Collectors.joining(" and ")));
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
