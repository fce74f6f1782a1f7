package io.cipherfield.benchmarks.orm;

import java.util.SplittableRandom;

/** Entities by their ids, in random order, none of them in the session. */
final class FindScenario implements Scenario {

    private final Stores stores;
    private final int rows;
    private final int finds;

    FindScenario(Stores stores, int rows, int finds) {
        this.stores = stores;
        this.rows = rows;
        this.finds = finds;
    }

    @Override
    public String title() {
        return "Find by id";
    }

    @Override
    public String unit() {
        return "entity";
    }

    @Override
    public int units(Variant variant) {
        return variant.rows(finds);
    }

    @Override
    public void run(Variant variant) {
        SplittableRandom random = new SplittableRandom(finds);
        stores.of(variant).inTransaction(session -> {
            for (int i = 0; i < units(variant); i++) {
                long id = random.nextLong(1, variant.rows(rows) + 1L);
                if (session.find(variant.entity(), id) == null) {
                    throw new IllegalStateException("No row " + id);
                }
                session.clear();
            }
        });
    }
}
