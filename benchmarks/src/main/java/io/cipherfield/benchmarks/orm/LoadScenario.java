package io.cipherfield.benchmarks.orm;

import java.util.List;
import org.hibernate.FlushMode;

/** One query for all entities, which a fresh session then holds. */
final class LoadScenario implements Scenario {

    private final Stores stores;
    private final int rows;

    LoadScenario(Stores stores, int rows) {
        this.stores = stores;
        this.rows = rows;
    }

    @Override
    public String title() {
        return String.format("Load %,d entities by one query", rows);
    }

    @Override
    public String unit() {
        return "entity";
    }

    @Override
    public int units(Variant variant) {
        return variant.rows(rows);
    }

    @Override
    public void run(Variant variant) {
        int found = load(variant).size();
        if (found != units(variant)) {
            throw new IllegalStateException(found + " rows");
        }
    }

    /** Throws unless each value is what was inserted. */
    void check() {
        for (Variant variant : Variant.values()) {
            for (Patient patient : load(variant)) {
                if (!patient.sample().equals(Sample.of(patient.id))) {
                    throw new IllegalStateException(variant.title() + " gave another value than was stored");
                }
            }
        }
    }

    private List<? extends Patient> load(Variant variant) {
        return stores.of(variant).fromTransaction(session -> {
            // As in a transaction that only reads: the flush is measured by itself.
            session.setHibernateFlushMode(FlushMode.MANUAL);
            return session.createSelectionQuery("from " + variant.entityName(), variant.entity())
                    .getResultList();
        });
    }
}
