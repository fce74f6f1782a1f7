package io.cipherfield.hibernate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.CollectionEntry;
import org.hibernate.engine.spi.CollectionKey;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityHolder;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.hibernate.proxy.ProxyConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What a failed read left behind in a session. Hibernate keeps such instances, with nulls in place of what it did not get to: the
 * next find or query would hand them out, changes of the rows before them would be dropped in silence, and a flush may fail over their
 * collections.
 */
final class HalfLoaded {

    private final SharedSessionContractImplementor session;
    private final PersistenceContext context;
    private final List<EntityHolder> holders = new ArrayList<>();

    private HalfLoaded(SharedSessionContractImplementor session) {
        this.session = session;
        this.context = session.getPersistenceContextInternal();
    }

    static HalfLoaded in(SharedSessionContractImplementor session) {
        HalfLoaded found = new HalfLoaded(session);
        Map<EntityKey, EntityHolder> all = found.context.getEntityHoldersByKey();
        for (EntityHolder holder : all == null ? List.<EntityHolder>of() : all.values()) {
            if (holder.getEntity() != null && !found.isLoaded(holder.getEntity())) {
                found.holders.add(holder);
            }
        }
        return found;
    }

    private boolean isLoaded(Object entity) {
        EntityEntry entry = context.getEntry(entity);
        return entry != null && entry.getStatus() != Status.LOADING;
    }

    /** Those whose values were being read: Hibernate makes an entity's entry behind them. */
    List<EntityHolder> withoutState() {
        return holders.stream()
                .filter(holder -> {
                    Object entity = holder.getEntity();
                    return entity == null || context.getEntry(entity) == null;
                })
                .toList();
    }

    /**
     * Makes the session forget them, so that the next read of their rows is a new one. Nothing happens while an outer read is under
     * way: that one fails too, and is the last to come here.
     *
     * @param refreshed a managed instance whose values were to be replaced, or null
     */
    void evict(@Nullable Object refreshed) {
        if (!context.isLoadFinished()) {
            return;
        }
        Set<Object> owners = Collections.newSetFromMap(new IdentityHashMap<>());
        EntityEntry entry = refreshed == null ? null : context.getEntry(refreshed);
        if (entry != null) {
            EntityHolder holder = context.getEntityHolder(entry.getEntityKey());
            if (holder != null) {
                holders.add(holder);
            }
        }
        for (EntityHolder holder : holders) {
            owners.add(holder.getEntity());
            evict(holder);
        }
        evictCollectionsOf(owners);
    }

    private void evict(EntityHolder holder) {
        EntityKey key = holder.getEntityKey();
        Object proxy = holder.getProxy();
        Object entity = holder.getEntity();
        if (entity != null) {
            context.removeEntry(entity);
        }
        context.removeEntityHolder(key);
        if (proxy != null) {
            uninitialize(key, proxy);
            context.addProxy(key, proxy);
        }
    }

    /** The application may hold it: its next use reads the row again. */
    private void uninitialize(EntityKey key, Object proxy) {
        LazyInitializer initializer = HibernateProxy.extractLazyInitializer(proxy);
        if (initializer != null && !initializer.isUninitialized() && proxy instanceof ProxyConfiguration configurable) {
            Object fresh = key.getPersister().createProxy(key.getIdentifier(), session);
            configurable.$$_hibernate_set_interceptor(
                    (ProxyConfiguration.Interceptor) HibernateProxy.extractLazyInitializer(fresh));
        }
    }

    private void evictCollectionsOf(Set<Object> owners) {
        IdentityHashMap<PersistentCollection<?>, CollectionEntry> left = new IdentityHashMap<>();
        context.forEachCollectionEntry(
                (collection, entry) -> {
                    if (collection.getOwner() == null || owners.contains(collection.getOwner())) {
                        left.put(collection, entry);
                    }
                },
                true);
        left.forEach(this::evict);
    }

    private void evict(PersistentCollection<?> collection, CollectionEntry entry) {
        CollectionPersister persister = entry.getLoadedPersister();
        collection.unsetSession(session);
        context.removeCollectionEntry(collection);
        if (persister != null) {
            if (session.getLoadQueryInfluencers().effectivelyBatchLoadable(persister)) {
                context.getBatchFetchQueue().removeBatchLoadableCollection(entry);
            }
            if (entry.getLoadedKey() != null) {
                context.removeCollectionByKey(new CollectionKey(persister, entry.getLoadedKey()));
            }
        }
    }
}
