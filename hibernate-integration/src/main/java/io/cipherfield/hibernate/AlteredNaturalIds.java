package io.cipherfield.hibernate;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Hibernate;
import org.hibernate.HibernateException;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.FlushEntityEvent;
import org.hibernate.event.spi.FlushEntityEventListener;
import org.hibernate.mapping.Property;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;

/** Makes Hibernate's check of immutable natural ids before Hibernate does, whose message holds the old and the new value in clear. */
final class AlteredNaturalIds implements FlushEntityEventListener {

    private static final long serialVersionUID = 1L;

    /** Names of root entities whose natural id is encrypted, in part at least. */
    private final transient Set<String> roots;

    private AlteredNaturalIds(Set<String> roots) {
        this.roots = roots;
    }

    static AlteredNaturalIds of(List<MappedAttribute> attributes) {
        return new AlteredNaturalIds(attributes.stream()
                .filter(AlteredNaturalIds::isOfNaturalId)
                .map(mapped -> mapped.owner().getRootClass().getEntityName())
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isOfNaturalId(MappedAttribute mapped) {
        if (!mapped.owner().hasNaturalId()) {
            return false;
        }
        String first = mapped.path().split("\\.", 2)[0];
        for (Property property : mapped.owner().getPropertyClosure()) {
            if (property.getName().equals(first)) {
                return property.isNaturalIdentifier();
            }
        }
        return false;
    }

    @Override
    public void onFlushEntity(FlushEntityEvent event) {
        EntityEntry entry = event.getEntityEntry();
        EntityPersister persister = entry.getPersister();
        if (!roots.contains(persister.getRootEntityName())
                || entry.getStatus() != Status.MANAGED
                || !Hibernate.isInitialized(event.getEntity())) {
            return;
        }
        NaturalIdMapping naturalId = persister.getNaturalIdMapping();
        try {
            naturalId.verifyFlushState(
                    entry.getId(), persister.getValues(event.getEntity()), entry.getLoadedState(), event.getSession());
        } catch (HibernateException e) {
            if (e.getClass() != HibernateException.class) {
                throw e;
            }
            // Without its cause, whose message has the values.
            EncryptedAttributeException altered = new EncryptedAttributeException("The natural id of "
                    + persister.getEntityName() + " was altered, and it is immutable. Leave it as it is, or say"
                    + " @NaturalId(mutable = true).");
            altered.at(
                    FailedRead.row(persister, entry.getId(), event.getSession().getFactory()));
            throw altered;
        }
    }
}
