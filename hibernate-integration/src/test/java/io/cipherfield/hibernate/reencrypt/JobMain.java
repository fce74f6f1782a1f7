package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.OldSystems;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/**
 * A job in a JVM of its own, whose keys come by its environment. Says each of its steps on a line that begins with {@link #STEP},
 * and in the end what it did.
 */
final class JobMain {

    static final String STEP = "@";
    static final String HELD = "@held";
    static final String REPORT = "report ";
    static final String PASSWORD = "CIPHERFIELD_TEST_DATABASE_PASSWORD";
    static final Duration LEASE = Duration.ofSeconds(2);

    private JobMain() {}

    /** @param arguments the kind, URL and user of the database, the rows of a page, which page to hold before it is counted, or 0, and the {@link KilledWork} */
    public static void main(String[] arguments) throws InterruptedException {
        TestDatabase.Fresh database = new TestDatabase.Fresh(
                TestDatabase.valueOf(arguments[0]), arguments[1], arguments[2], System.getenv(PASSWORD));
        Configuration settings = new Configuration();
        settings.getProperties().putAll(database.settings());
        settings.setProperty("hibernate.hbm2ddl.auto", "none");
        settings.setProperty("cipherfield.startup-check", "off");
        KilledWork work = KilledWork.valueOf(arguments[5]);
        work.entities().forEach(settings::addAnnotatedClass);
        settings.getProperties().put(CipherfieldService.LEGACY_READERS, OldSystems.KNOWN.readers());
        try (SessionFactory sessions = settings.buildSessionFactory()) {
            Reencryption job = Reencryption.of(sessions)
                    .connections(TappedConnections.of(database, new Steps(Integer.parseInt(arguments[4]))))
                    .leaseTime(LEASE)
                    .parallelism(2)
                    .smallestRange(400)
                    .pageSize(Integer.parseInt(arguments[3]));
            run(() -> work.run(job));
        }
    }

    /** Waits for the lease of the process before, which could not give it back. */
    private static void run(Supplier<Report> job) throws InterruptedException {
        while (true) {
            try {
                Report report = job.get();
                Counts counts = report.counts();
                System.out.println(REPORT + report.end() + " " + report.attempts() + " " + counts);
                return;
            } catch (ReencryptionException e) {
                if (!e.getMessage().contains("A run is under way")) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    /** Says what the job does, and holds one page until a line comes in. */
    private static final class Steps implements TappedConnections.Tap {

        private final int heldPage;
        private final AtomicInteger pages = new AtomicInteger();

        Steps(int heldPage) {
            this.heldPage = heldPage;
        }

        @Override
        public void before(String step, Connection connection) {
            System.out.println(STEP);
            if (TappedConnections.countsPage(step) && pages.incrementAndGet() == heldPage) {
                System.out.println(HELD);
                try {
                    if (System.in.read() < 0) {
                        throw new IllegalStateException("The parent is gone");
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
