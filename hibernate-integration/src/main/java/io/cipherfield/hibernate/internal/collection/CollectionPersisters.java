package io.cipherfield.hibernate.internal.collection;

import org.hibernate.mapping.Collection;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.persister.collection.BasicCollectionPersister;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.collection.OneToManyPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.spi.PersisterClassResolver;

/** Chooses our persisters where rows are found by encrypted values and Hibernate would choose its own. */
final class CollectionPersisters implements PersisterClassResolver {

    private static final long serialVersionUID = 1L;

    private final transient PersisterClassResolver others;

    CollectionPersisters(PersisterClassResolver others) {
        this.others = others;
    }

    @Override
    public Class<? extends EntityPersister> getEntityPersisterClass(PersistentClass entity) {
        return others.getEntityPersisterClass(entity);
    }

    @Override
    public Class<? extends CollectionPersister> getCollectionPersisterClass(Collection collection) {
        Class<? extends CollectionPersister> chosen = others.getCollectionPersisterClass(collection);
        boolean addressed = !EncryptedAddress.of(collection).isEmpty();
        if (chosen == BasicCollectionPersister.class) {
            return addressed || !EncryptedAddress.notOf(collection).isEmpty() ? EncryptedRowsPersister.class : chosen;
        }
        return addressed && chosen == OneToManyPersister.class ? EncryptedKeysPersister.class : chosen;
    }
}
