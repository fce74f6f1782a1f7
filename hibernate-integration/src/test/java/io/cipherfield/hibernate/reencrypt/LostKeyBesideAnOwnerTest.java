package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ciphertexts of a lost key in an attribute whose owner may have values that look like them: asking it may cost the derivation of a key each time. */
@Timeout(180)
class LostKeyBesideAnOwnerTest {

    private static final int ROWS = 300;

    @Entity(name = "Owned")
    @Table(name = "owned_value")
    static class Owned {
        @Id
        Long id;

        @Encrypted(legacy = "old")
        String secret;

        Owned() {}

        Owned(long id) {
            this.id = id;
            this.secret = "secret " + id;
        }
    }

    /** Reads what is in braces, and counts how often it is asked. */
    private static final class Counting implements LegacyReader {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public String name() {
            return "old";
        }

        @Override
        public Claim claim() {
            return Claim.EVERYTHING;
        }

        @Override
        public boolean recognises(byte[] stored) {
            return false;
        }

        @Override
        public boolean authenticated() {
            return false;
        }

        @Override
        public boolean garbageShows() {
            return true;
        }

        @Override
        public byte[] read(byte[] stored) {
            asked.incrementAndGet();
            String text = new String(stored, StandardCharsets.UTF_8);
            if (!text.endsWith("}")) {
                throw new IllegalArgumentException("no value of the old system");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Unit unit(TestDatabase.Fresh database, String ddl, Keyring ring, LegacyReader reader) {
        return Unit.start(
                database,
                ddl,
                CipherfieldConfiguration.of(ring).withStartupCheck(StartupCheckMode.OFF),
                settings -> {
                    settings.getProperties().put(CipherfieldService.LEGACY_READERS, LegacyReaders.of(reader));
                    return settings;
                },
                Owned.class);
    }

    private static TestDatabase.Fresh lost(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = unit(database, "create", Keyring.of(Unit.LOST), new Counting())) {
            unit.persist(LongStream.range(0, ROWS).mapToObj(Owned::new).toList());
        }
        return database;
    }

    @ParameterizedTest
    @EnumSource
    void a_few_of_them_tell_before_a_job_starts(TestDatabase kind) {
        TestDatabase.Fresh database = lost(kind);
        Counting reader = new Counting();
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW), reader)) {
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(Unit.LOST.id().toString());
            assertThat(reader.asked.get()).isLessThan(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_asks_once_for_each_in_each_of_its_passes(TestDatabase kind) {
        TestDatabase.Fresh database = lost(kind);
        Counting reader = new Counting();
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW), reader)) {
            Report report = unit.job().maxFailures(ROWS).run();
            assertThat(report.failed()).isEqualTo(ROWS);
            // In the look at what does not notice a wrong password, and in the run; the samples and the census ask a
            // few times.
            assertThat(reader.asked.get()).isBetween(2 * ROWS, 2 * ROWS + 10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_single_one_is_taken_for_a_damaged_value_only_where_the_owner_has_values(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = unit(database, "create", Keyring.of(Unit.LOST), new Counting())) {
            unit.persist(new Owned(1));
        }
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW), new Counting())) {
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(Unit.LOST.id().toString());

            unit.execute("insert into owned_value (id, secret) values (2, '{old}')");
            Report report = unit.job().run();
            assertThat(report.fromLegacy()).isEqualTo(1);
            assertThat(report.failures()).extracting(FailedValue::key).containsExactly("1");
            unit.execute("delete from owned_value where id = 2");
            assertThat(unit.job().run().failed()).as("known from then on").isEqualTo(1);
        }
    }
}
