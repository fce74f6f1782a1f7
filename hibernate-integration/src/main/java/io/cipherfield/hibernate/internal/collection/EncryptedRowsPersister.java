package io.cipherfield.hibernate.internal.collection;

import java.util.Iterator;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.mapping.Collection;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.spi.RuntimeModelCreationContext;
import org.hibernate.persister.collection.BasicCollectionPersister;

/**
 * Of a collection table whose rows are found by encrypted values, the elements of a Set or the keys of a Map. Hibernate's statements
 * compare with one ciphertext; where a row may hold another, of an older key say, ours compare with all of them.
 *
 * <p>The collection is not recreated as a whole: two transactions that change different elements at the same time must not undo
 * each other.
 */
public final class EncryptedRowsPersister extends BasicCollectionPersister {

    private final EncryptedAddress address;
    private final EncryptedAddress elements;

    /** For Hibernate. */
    public EncryptedRowsPersister(
            Collection collection, CollectionDataAccess cache, RuntimeModelCreationContext creationContext) {
        super(collection, cache, creationContext);
        this.address = EncryptedAddress.of(collection);
        this.elements = EncryptedAddress.notOf(collection);
    }

    @Override
    public void deleteRows(PersistentCollection<?> collection, Object id, SharedSessionContractImplementor session) {
        if (!address.hasSeveralForms()) {
            super.deleteRows(collection, id, session);
            return;
        }
        Iterator<?> deletes = collection.getDeletes(this, !hasPhysicalIndexColumn());
        while (deletes.hasNext()) {
            delete(id, deletes.next(), session);
        }
    }

    /** An entry whose key stands under an older key's ciphertext gets a new row, with the new value. */
    @Override
    public void updateRows(PersistentCollection<?> collection, Object id, SharedSessionContractImplementor session) {
        if (!address.hasSeveralForms()) {
            super.updateRows(collection, id, session);
            return;
        }
        boolean changed = false;
        Iterator<?> entries = collection.entries(this);
        for (int i = 0; entries.hasNext(); i++) {
            Object entry = entries.next();
            if (needsUpdating(collection, entry, i)) {
                delete(id, collection.getIndex(entry, i, this), session);
                changed = true;
            }
        }
        if (changed) {
            getCreateEntryCoordinator()
                    .insertRows(
                            collection, id, (entry, i, of, attribute) -> needsUpdating(collection, entry, i), session);
        }
    }

    private boolean needsUpdating(PersistentCollection<?> collection, Object entry, int position) {
        return collection.needsUpdating(entry, position, getElementType());
    }

    private void delete(Object id, Object indexOrElement, SharedSessionContractImplementor session) {
        PluralAttributeMapping attribute = getAttributeMapping();
        ModelPart addressed =
                hasPhysicalIndexColumn() ? attribute.getIndexDescriptor() : attribute.getElementDescriptor();
        RowStatement.delete(session, qualifiedTableName, row(id, addressed, indexOrElement, session));
    }

    private RowAddress row(Object id, ModelPart part, Object value, SharedSessionContractImplementor session) {
        return new RowAddress(session)
                .where(getAttributeMapping().getKeyDescriptor().getKeyPart(), id)
                .where(part, value)
                .where(hasWhere ? sqlWhereString : null);
    }

    @Override
    public boolean isExtraLazy() {
        return super.isExtraLazy() && !address.hasSeveralForms() && !elements.isIncomparable();
    }

    @Override
    public boolean elementExists(Object id, Object element, SharedSessionContractImplementor session) {
        elements.refuseSearch(getRole());
        return address.hasSeveralForms()
                ? RowStatement.exists(
                        session,
                        qualifiedTableName,
                        row(id, getAttributeMapping().getElementDescriptor(), element, session))
                : super.elementExists(id, element, session);
    }

    @Override
    public boolean indexExists(Object id, Object index, SharedSessionContractImplementor session) {
        return address.hasSeveralForms()
                ? RowStatement.exists(
                        session,
                        qualifiedTableName,
                        row(id, getAttributeMapping().getIndexDescriptor(), index, session))
                : super.indexExists(id, index, session);
    }

    @Override
    public Object getElementByIndex(Object id, Object index, SharedSessionContractImplementor session, Object owner) {
        address.refuseLookup(getRole());
        return super.getElementByIndex(id, index, session, owner);
    }
}
