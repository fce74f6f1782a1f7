package io.cipherfield.benchmarks.orm;

import io.cipherfield.benchmarks.database.Database;
import java.util.List;
import java.util.stream.LongStream;
import org.hibernate.Session;

/** One transaction, with a flush and a clear behind each batch. The rows are what the other scenarios read. */
final class InsertScenario implements Scenario {

    private static final int BATCH = 50;
    /** A row costs the peer the same whatever their number, and all of them would take half of the time: the others are not timed. */
    private static final int ROWS_OF_PEER = 20_000;

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
        return variant == Variant.GCM ? Math.min(ROWS_OF_PEER, samples.size()) : variant.rows(samples.size());
    }

    @Override
    public void before(Variant variant) {
        database.execute("truncate table " + variant.entityName());
    }

    @Override
    public void run(Variant variant) {
        stores.of(variant).inTransaction(session -> insert(session, variant, 0, units(variant)));
    }

    private void insert(Session session, Variant variant, int from, int to) {
        for (int i = from; i < to; i++) {
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
            stores.of(variant)
                    .inTransaction(session -> insert(session, variant, units(variant), variant.rows(samples.size())));
            database.settle(variant.entityName());
        }
    }
}
