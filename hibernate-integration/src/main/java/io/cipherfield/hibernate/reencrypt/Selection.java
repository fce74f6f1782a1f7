package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import org.jspecify.annotations.Nullable;

/**
 * What a job was told to keep to.
 *
 * @param entity a mapped class; its superclasses' columns belong to it too
 * @param attribute a path, also of an embedded whole or a collection; null for all
 */
record Selection(Class<?> entity, @Nullable String attribute) {

    boolean includes(EncryptedColumn column) {
        Class<?> mapped = column.entityClass();
        if (mapped == null || !(entity.isAssignableFrom(mapped) || mapped.isAssignableFrom(entity))) {
            return false;
        }
        return attribute == null
                || column.path().equals(attribute)
                || column.path().startsWith(attribute + ".")
                || column.path().startsWith(attribute + "#");
    }

    @Override
    public String toString() {
        return entity.getName() + (attribute == null ? "" : "." + attribute);
    }
}
