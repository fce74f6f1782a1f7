package io.cipherfield.benchmarks.orm;

import io.cipherfield.benchmarks.database.Database;
import java.util.List;
import java.util.stream.LongStream;
import org.hibernate.Session;

/** One transaction, with a flush and a clear behind each batch. The rows are what the other scenarios read. */
final class InsertScenario implements Scenario {

    private static final int BATCH = 50;

    private final Database database;
    private final Stores stores;
    private final List<Sample> samples;

    InsertScenario(Database database, Stores stores, int rows) {
        this.database = database;
        this.stores = stores;
        this.samples = LongStream.rangeClosed(1, rows).mapToObj(Sample::of).toList();
    }

    @Override
    public String title() {
        return String.format("Insert %,d entities, batch size %d", samples.size(), BATCH);
    }

    @Override
    public String unit() {
        return "entity";
    }

    @Override
    public int units(Variant variant) {
        return variant.rows(samples.size());
    }

    @Override
    public void before(Variant variant) {
        database.execute("truncate table " + variant.entityName());
    }

    @Override
    public void run(Variant variant) {
        stores.of(variant).inTransaction(session -> insert(session, variant));
    }

    private void insert(Session session, Variant variant) {
        for (int i = 0; i < units(variant); i++) {
            session.persist(variant.newEntity(samples.get(i)));
            if (i % BATCH == BATCH - 1) {
                session.flush();
                session.clear();
            }
        }
    }

    @Override
    public void end() {
        for (Variant variant : Variant.values()) {
            database.settle(variant.entityName());
        }
    }
}
