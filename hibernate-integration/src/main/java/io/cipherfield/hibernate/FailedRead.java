package io.cipherfield.hibernate;

import java.util.List;
import java.util.Optional;
import org.hibernate.engine.spi.CollectionKey;
import org.hibernate.engine.spi.EntityHolder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.jspecify.annotations.Nullable;

/** A value that did not decrypt while rows were read: its exception learns the row, and its session forgets what was half loaded. */
final class FailedRead {

    private final EncryptedAttributeException exception;

    private FailedRead(EncryptedAttributeException exception) {
        this.exception = exception;
    }

    /** Empty if something else failed. */
    static Optional<FailedRead> of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof EncryptedAttributeException exception) {
                return Optional.of(new FailedRead(exception));
            }
        }
        return Optional.empty();
    }

    void select(ExecutionContext context) {
        SharedSessionContractImplementor session = context.getSession();
        HalfLoaded halfLoaded = HalfLoaded.in(session);
        exception.at(row(context, halfLoaded));
        halfLoaded.evict(context.getEntityInstance());
    }

    /** @param row null if a statement below it has told already, or none is known */
    void load(SharedSessionContractImplementor session, @Nullable String row) {
        exception.at(row);
        HalfLoaded.in(session).evict(null);
    }

    private static @Nullable String row(ExecutionContext context, HalfLoaded halfLoaded) {
        SessionFactoryImplementor factory = context.getSession().getFactory();
        CollectionKey collection = context.getCollectionKey();
        if (collection != null) {
            return row(
                    factory.getMappingMetamodel().getCollectionDescriptor(collection.getRole()),
                    collection.getKey(),
                    factory);
        }
        List<EntityHolder> reading = halfLoaded.withoutState();
        if (reading.size() != 1) {
            return null;
        }
        EntityHolder holder = reading.get(0);
        return row(holder.getDescriptor(), holder.getEntityKey().getIdentifier(), factory);
    }

    static String row(EntityPersister entity, Object id, SessionFactoryImplementor factory) {
        return "[" + entity.getEntityName() + "#" + entity.getIdentifierType().toLoggableString(id, factory) + "]";
    }

    static String row(CollectionPersister collection, Object key, SessionFactoryImplementor factory) {
        return "[" + collection.getRole() + "#" + collection.getKeyType().toLoggableString(key, factory) + "]";
    }
}
