package io.cipherfield.hibernate.internal.collection;

import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.mapping.Collection;
import org.hibernate.metamodel.spi.RuntimeModelCreationContext;
import org.hibernate.persister.collection.OneToManyPersister;

/**
 * Of a one-to-many map with encrypted keys. Hibernate finds its rows by the entities' identifiers, so all changes reach them; only
 * a look for a single key, before the map is loaded, could miss one that is stored in another form.
 */
public final class EncryptedKeysPersister extends OneToManyPersister {

    private final EncryptedAddress address;

    /** For Hibernate. */
    public EncryptedKeysPersister(
            Collection collection, CollectionDataAccess cache, RuntimeModelCreationContext creationContext) {
        super(collection, cache, creationContext);
        this.address = EncryptedAddress.of(collection);
    }

    @Override
    public boolean isExtraLazy() {
        return super.isExtraLazy() && !address.hasSeveralForms();
    }

    @Override
    public boolean indexExists(Object id, Object index, SharedSessionContractImplementor session) {
        address.refuseLookup(getRole());
        return super.indexExists(id, index, session);
    }

    @Override
    public Object getElementByIndex(Object id, Object index, SharedSessionContractImplementor session, Object owner) {
        address.refuseLookup(getRole());
        return super.getElementByIndex(id, index, session, owner);
    }
}
