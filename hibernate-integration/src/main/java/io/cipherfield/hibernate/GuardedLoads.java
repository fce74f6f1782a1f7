package io.cipherfield.hibernate;

import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;

/** Tells {@link FailedRead} which entity could not be loaded, from its row or from the second-level cache. */
final class GuardedLoads implements LoadEventListener {

    private static final long serialVersionUID = 1L;

    private final transient List<LoadEventListener> listeners;

    GuardedLoads(List<LoadEventListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void onLoad(LoadEvent event, LoadType type) {
        try {
            listeners.forEach(listener -> listener.onLoad(event, type));
        } catch (RuntimeException e) {
            FailedRead.of(e).ifPresent(failure -> failure.load(event.getSession(), row(event)));
            throw e;
        }
    }

    private static String row(LoadEvent event) {
        SessionFactoryImplementor factory = event.getSession().getFactory();
        return FailedRead.row(
                factory.getMappingMetamodel().getEntityDescriptor(event.getEntityClassName()),
                event.getEntityId(),
                factory);
    }
}
