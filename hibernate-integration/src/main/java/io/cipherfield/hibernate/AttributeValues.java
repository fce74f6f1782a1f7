package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldException;
import org.jspecify.annotations.Nullable;

/**
 * Comparing and copying the values of an attribute for dirty checking. What is stored as JSON is compared as JSON, since a class need not
 * have an {@code equals}, and may have one that does not look at all of it.
 */
final class AttributeValues {

    private final EncryptedAttribute attribute;
    private final @Nullable JsonFormat json;

    AttributeValues(EncryptedAttribute attribute) {
        this.attribute = attribute;
        this.json = attribute.json();
    }

    boolean equal(@Nullable Object one, @Nullable Object other) {
        if (json == null || one == null || other == null || one == other) {
            return PlainValues.equal(one, other);
        }
        return write(json, one).equals(write(json, other));
    }

    int hash(Object value) {
        return json == null ? PlainValues.hash(value) : write(json, value).hashCode();
    }

    boolean isMutable() {
        return json == null ? PlainValues.isMutable(attribute.javaType()) : json.isMutable();
    }

    @Nullable
    Object copy(@Nullable Object value) {
        if (json == null || value == null || !json.isMutable()) {
            return PlainValues.copy(value);
        }
        String text = write(json, value);
        try {
            return json.read(text);
        } catch (CipherfieldException e) {
            throw attribute.error("cannot hold this value, which could not be read again: " + e.getMessage(), e);
        }
    }

    private String write(JsonFormat format, Object value) {
        try {
            return format.write(value);
        } catch (CipherfieldException e) {
            throw attribute.error("cannot hold this value: " + e.getMessage(), e);
        }
    }
}
