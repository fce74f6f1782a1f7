package io.cipherfield.benchmarks.orm;

import java.util.EnumMap;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** A session that holds entities none of which has changed looks through them. */
final class FlushScenario implements Scenario {

    private static final int FLUSHES = 20;

    private final int entities;
    private final Map<Variant, Session> sessions = new EnumMap<>(Variant.class);

    FlushScenario(Stores stores, int entities) {
        this.entities = entities;
        for (Variant variant : Variant.values()) {
            SessionFactory factory = stores.of(variant);
            Session session = factory.openSession();
            session.beginTransaction();
            session.createSelectionQuery(
                            "from " + variant.entityName() + " where id <= " + variant.rows(entities), variant.entity())
                    .getResultList();
            sessions.put(variant, session);
        }
    }

    @Override
    public String title() {
        return String.format("Flush of %,d managed entities, unchanged", entities);
    }

    @Override
    public String unit() {
        return "entity";
    }

    @Override
    public int units(Variant variant) {
        return FLUSHES * variant.rows(entities);
    }

    @Override
    public void run(Variant variant) {
        Session session = sessions.get(variant);
        if (session == null) {
            throw new IllegalArgumentException(variant.title());
        }
        for (int i = 0; i < FLUSHES; i++) {
            session.flush();
        }
    }

    @Override
    public void end() {
        for (Session session : sessions.values()) {
            session.getTransaction().rollback();
            session.close();
        }
    }
}
