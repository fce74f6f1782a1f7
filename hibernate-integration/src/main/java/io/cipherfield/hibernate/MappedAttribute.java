package io.cipherfield.hibernate;

import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;

/**
 * One place where an encrypted attribute is mapped.
 *
 * @param owner the entity whose row, or whose collection's rows, hold it
 * @param path the attribute's path in the owner, for example {@code address.street}
 * @param property the nearest property: the attribute itself, or the collection whose elements or keys are encrypted
 */
record MappedAttribute(
        PersistentClass owner,
        String path,
        Property property,
        BasicValue value,
        EncryptedAttribute attribute,
        Place place) {

    enum Place {
        /** A column of the entity's own tables. */
        ENTITY,
        IDENTIFIER,
        VERSION,
        /** Beside the collection's key and, where it has one, index: rows are found by those. */
        ELEMENT,
        /** An element of a Set: its row is found by its value. */
        SET_ELEMENT,
        MAP_KEY
    }

    /** As an error names it. */
    String name() {
        return owner.getEntityName() + "." + path;
    }
}
