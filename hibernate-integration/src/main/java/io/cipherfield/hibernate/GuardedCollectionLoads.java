package io.cipherfield.hibernate;

import java.util.List;
import org.hibernate.engine.spi.CollectionEntry;
import org.hibernate.event.spi.InitializeCollectionEvent;
import org.hibernate.event.spi.InitializeCollectionEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/** Tells {@link FailedRead} which collection could not be loaded, from its rows or from the second-level cache. */
final class GuardedCollectionLoads implements InitializeCollectionEventListener {

    private static final long serialVersionUID = 1L;

    private final transient List<InitializeCollectionEventListener> listeners;

    GuardedCollectionLoads(List<InitializeCollectionEventListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void onInitializeCollection(InitializeCollectionEvent event) {
        try {
            listeners.forEach(listener -> listener.onInitializeCollection(event));
        } catch (RuntimeException e) {
            FailedRead.of(e).ifPresent(failure -> failure.load(event.getSession(), row(event)));
            throw e;
        }
    }

    private static @Nullable String row(InitializeCollectionEvent event) {
        CollectionEntry entry =
                event.getSession().getPersistenceContextInternal().getCollectionEntry(event.getCollection());
        CollectionPersister persister = entry == null ? null : entry.getLoadedPersister();
        Object key = entry == null ? null : entry.getLoadedKey();
        return persister == null || key == null
                ? null
                : FailedRead.row(persister, key, event.getSession().getFactory());
    }
}
