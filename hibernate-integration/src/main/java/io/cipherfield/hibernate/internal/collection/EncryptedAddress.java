package io.cipherfield.hibernate.internal.collection;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.EncryptedUserType;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.Map;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Value;
import org.hibernate.metamodel.mapping.JdbcMapping;

/** The encrypted attributes by which a collection's rows are found: a Set's elements, a Map's keys, and what embeddables hold there. */
final class EncryptedAddress {

    private final List<EncryptedAttribute> attributes;

    private EncryptedAddress(List<EncryptedAttribute> attributes) {
        this.attributes = attributes;
    }

    static EncryptedAddress of(Collection collection) {
        Stream<EncryptedAttribute> encrypted = Stream.empty();
        if (collection.isSet()) {
            encrypted = encrypted(collection.getElement());
        } else if (collection instanceof Map map && map.getMapKeyPropertyName() == null) {
            encrypted = encrypted(map.getIndex());
        }
        return new EncryptedAddress(encrypted.toList());
    }

    /** What is encrypted in the elements of a collection whose rows are found by something else. */
    static EncryptedAddress notOf(Collection collection) {
        return new EncryptedAddress(
                collection.isSet() || collection.isOneToMany()
                        ? List.of()
                        : encrypted(collection.getElement()).toList());
    }

    private static Stream<EncryptedAttribute> encrypted(Value value) {
        if (value instanceof Component component) {
            return component.getProperties().stream().map(Property::getValue).flatMap(EncryptedAddress::encrypted);
        }
        return value instanceof BasicValue && value.getType() instanceof JdbcMapping type
                ? Stream.ofNullable(EncryptedUserType.attributeOf(type))
                : Stream.empty();
    }

    boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** Whether a row may hold a value in another form than the one that a new row would get. */
    boolean hasSeveralForms() {
        return attributes.stream().anyMatch(EncryptedAttribute::hasSeveralForms);
    }

    /** Whether comparing with a new ciphertext of a value misses rows that hold the value. */
    boolean isIncomparable() {
        return hasSeveralForms() || attributes.stream().anyMatch(attribute -> !attribute.deterministic());
    }

    /** Of elements: Hibernate's statement would find nothing, and say so. */
    void refuseSearch(String role) {
        if (isIncomparable()) {
            throw new EncryptedAttributeException(
                    "An element of " + role
                            + " cannot be looked for before the collection is loaded, since rows may hold its encrypted values as other"
                            + " ciphertexts. Nothing was read. Load the collection, by Hibernate.initialize(…), and look there.");
        }
    }

    /** Hibernate's statement for it compares with one form, and would find nothing where the row holds another. */
    void refuseLookup(String role) {
        if (hasSeveralForms()) {
            throw new EncryptedAttributeException(
                    "An entry of " + role
                            + " cannot be looked for by its encrypted key before the map is loaded, since rows may hold that key in several"
                            + " forms. Nothing was read. Load the map, by Hibernate.initialize(…) or map.get(…), and look there.");
        }
    }
}
