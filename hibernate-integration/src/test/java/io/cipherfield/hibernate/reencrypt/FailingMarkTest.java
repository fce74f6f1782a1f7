package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.ForeignFormat;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.junit.jupiter.api.Test;

/** A reader that somebody wrote, and that fails with some values to tell whether they are its own. */
class FailingMarkTest {

    @Entity(name = "Marked")
    @Table(name = "marked")
    static class Marked {
        @Id
        Long id;

        @Encrypted(legacy = {"careless", "owner"})
        String secret;
    }

    /** Looks at a place that short values do not have. */
    private static final class Careless implements LegacyReader {

        private static final int PLACE = 60;

        @Override
        public String name() {
            return "careless";
        }

        @Override
        public Claim claim() {
            return Claim.MARKED;
        }

        @Override
        public boolean recognises(byte[] stored) {
            return stored[PLACE] == '!';
        }

        @Override
        public boolean authenticated() {
            return true;
        }

        @Override
        public byte[] read(byte[] stored) {
            return stored;
        }
    }

    private static Unit unit(TestDatabase.Fresh database, String ddl, Keyring ring) {
        return Unit.start(
                database,
                ddl,
                CipherfieldConfiguration.of(ring).withStartupCheck(StartupCheckMode.OFF),
                settings -> {
                    settings.getProperties()
                            .put(
                                    CipherfieldService.LEGACY_READERS,
                                    LegacyReaders.of(new Careless(), ForeignFormat.OWNER));
                    return settings;
                },
                Marked.class);
    }

    private static Marked marked(long id) {
        Marked marked = new Marked();
        marked.id = id;
        marked.secret = "short";
        return marked;
    }

    @Test
    void leaves_a_ciphertext_of_a_lost_key_what_it_is_and_stops_no_job() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = unit(database, "create", Keyring.of(Unit.LOST))) {
            unit.persist(marked(1));
        }
        try (Unit unit = unit(database, "none", Keyring.of(Unit.OLD))) {
            unit.persist(marked(2));
        }
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW, Unit.OLD))) {
            Report report = unit.job().maxFailures(1).run();
            assertThat(report.rewritten()).isEqualTo(1);
            assertThat(report.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.key()).isEqualTo("1");
                assertThat(failure.keyId()).isEqualTo(Unit.LOST.id());
            });
        }
    }
}
