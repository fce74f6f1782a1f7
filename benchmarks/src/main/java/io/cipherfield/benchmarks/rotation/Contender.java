package io.cipherfield.benchmarks.rotation;

import io.cipherfield.benchmarks.database.Database;
import io.cipherfield.hibernate.reencrypt.Progress;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.ReencryptionListener;
import io.cipherfield.hibernate.reencrypt.Report;

/** What goes once over a whole table, or over its first rows where it would take too long. */
enum Contender {
    SERVER("the server's own `UPDATE` in one statement") {
        @Override
        long run(Database database, Rings rings, int rows) {
            database.reverse().forEach(sql -> database.execute(String.format(sql, Account.TABLE)));
            return (long) rows * database.reverse().size();
        }
    },
    STATEMENTS_ON_ONE("the statements of a page alone, on one connection") {
        @Override
        long run(Database database, Rings rings, int rows) {
            return BareStatements.run(database, rings.storage(), 1, rows);
        }
    },
    STATEMENTS_ON_TWO("the statements of a page alone, on two connections") {
        @Override
        long run(Database database, Rings rings, int rows) {
            return BareStatements.run(database, rings.storage(), 2, rows);
        }
    },
    ONE_WORKER("Cipherfield, one worker") {
        @Override
        long run(Database database, Rings rings, int rows) {
            return reencrypt(rings, 1, rows);
        }
    },
    TWO_WORKERS("Cipherfield, two workers") {
        @Override
        long run(Database database, Rings rings, int rows) {
            return reencrypt(rings, 2, rows);
        }
    },
    HIBERNATE("Hibernate: load a page of 1000, set, flush, clear, commit") {
        @Override
        long run(Database database, Rings rings, int rows) {
            return HibernateBatch.run(rings, Math.min(rows, HibernateBatch.MOST_ROWS));
        }
    },
    CENSUS("census") {
        @Override
        long run(Database database, Rings rings, int rows) {
            Reencryption.of(rings.factory()).census();
            return rows;
        }
    },
    CENSUS_OF_THREE("census of three columns") {
        @Override
        long run(Database database, Rings rings, int rows) {
            Reencryption.of(rings.factoryOfThree()).census();
            return rows;
        }
    };

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** @return how many rows it went over */
    abstract long run(Database database, Rings rings, int rows);

    private static final ReencryptionListener SILENT = new ReencryptionListener() {
        @Override
        public void progress(Progress progress) {}

        @Override
        public void notice(String text) {}
    };

    private static long reencrypt(Rings rings, int workers, int rows) {
        rings.turn();
        Report report = Reencryption.of(rings.factory())
                .parallelism(workers)
                .listener(SILENT)
                .run();
        // Those that the Hibernate job did before are under the other key, and are rewritten too.
        if (report.rewritten() != rows) {
            throw new IllegalStateException("Not every row was rewritten:\n" + report.toText());
        }
        return rows;
    }
}
