package io.cipherfield.hibernate;

import org.hibernate.binder.AttributeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.IndexedCollection;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.jspecify.annotations.Nullable;

/** Makes the column of a map's encrypted keys as long as their ciphertext needs; for Hibernate, which finds it by {@link EncryptedKey}. */
public final class EncryptedKeyBinder implements AttributeBinder<EncryptedKey> {

    /** For Hibernate. */
    public EncryptedKeyBinder() {}

    @Override
    public void bind(
            EncryptedKey annotation,
            MetadataBuildingContext context,
            @Nullable PersistentClass entity,
            Property property) {
        if (property.getValue() instanceof IndexedCollection collection
                && collection.getIndex() instanceof BasicValue key) {
            EncryptedColumnBinder.bind(
                    key, context.getMetadataCollector().getDatabase().getDialect());
        }
    }
}
