package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.SettingSource;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jasypt.encryption.pbe.StandardPBEByteEncryptor;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.jasypt.salt.SaltGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Jasypt's random salts, one in 22,000 of which starts like a ciphertext of format 1 under a key that nobody has. */
@Timeout(180)
class JasyptLookalikeTest {

    private static final String PASSWORD = "a password of Jasypt's";
    private static final String TEXT = "anna.lindström@example.org, Härnösand";
    private static final int NUMBER = -2_147_483_000;

    @Entity(name = "Account")
    @Table(name = "account")
    static class Account {
        @Id
        Long id;

        @Encrypted(legacy = "old")
        String email;

        @Encrypted(storage = Storage.TEXT, legacy = "old")
        @Column(name = "amount")
        Integer number;

        @Encrypted(legacy = "old-binary")
        byte[] picture;

        @Encrypted(storage = Storage.BINARY, legacy = "old")
        String note;
    }

    /** The bytes of a header, then random ones. */
    private record Salt(boolean alike) implements SaltGenerator {
        @Override
        public byte[] generateSalt(int length) {
            byte[] salt = new byte[length];
            ThreadLocalRandom.current().nextBytes(salt);
            salt[0] = alike ? (byte) 0xCF : 0x11;
            salt[1] = 2;
            // Of no key that a test has.
            salt[2] = 0;
            return salt;
        }

        @Override
        public boolean includePlainSaltInEncryptionResults() {
            return true;
        }
    }

    private static String text(String plaintext, boolean alike) {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setPassword(PASSWORD);
        encryptor.setSaltGenerator(new Salt(alike));
        String text;
        do {
            text = encryptor.encrypt(plaintext);
            // Until the key id has no + or /, which would show that it is no header.
        } while (alike && !text.substring(0, 8).matches("[A-Za-z0-9]*"));
        return text;
    }

    private static byte[] bytes(byte[] plaintext) {
        StandardPBEByteEncryptor encryptor = new StandardPBEByteEncryptor();
        encryptor.setPassword(PASSWORD);
        encryptor.setSaltGenerator(new Salt(true));
        return encryptor.encrypt(plaintext);
    }

    private static Unit unit(TestDatabase.Fresh database, String ddl, Keyring ring, StartupCheckMode check) {
        LegacyReaders readers = LegacyReaders.from(SettingSource.properties(Map.of(
                "cipherfield.legacy.jasypt.old.password", PASSWORD,
                "cipherfield.legacy.jasypt.old-binary.password", PASSWORD,
                "cipherfield.legacy.jasypt.old-binary.encryptor", "standard-binary")));
        return Unit.start(
                database,
                ddl,
                CipherfieldConfiguration.of(ring).withStartupCheck(check),
                settings -> {
                    settings.getProperties().put(CipherfieldService.LEGACY_READERS, readers);
                    return settings;
                },
                Account.class);
    }

    private static Unit unit(TestDatabase.Fresh database) {
        return unit(database, "none", Keyring.of(Unit.NEW, Unit.OLD), StartupCheckMode.FAIL);
    }

    /** Rows 1 to 6: lookalikes in both columns of text; rows 7 to 12: values of Jasypt that look like nothing. */
    private static TestDatabase.Fresh filled(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        unit(database, "create", Keyring.of(Unit.OLD), StartupCheckMode.OFF).close();
        for (long id = 1; id <= 12; id++) {
            insert(database, id, text(TEXT + id, id <= 6), text(String.valueOf(NUMBER + id), id <= 6), null);
        }
        return database;
    }

    private static void insert(TestDatabase.Fresh database, long id, String email, String number, byte[] picture)
            throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into account (id, email, amount, picture) values (?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, email);
            insert.setString(3, number);
            insert.setBytes(4, picture);
            insert.executeUpdate();
        }
    }

    /** Real ciphertexts of a key that was lost. */
    private static void addLost(TestDatabase.Fresh database, long... ids) {
        try (Unit lost = unit(database, "none", Keyring.of(Unit.LOST), StartupCheckMode.OFF)) {
            for (long id : ids) {
                Account account = new Account();
                account.id = id;
                account.email = TEXT + id;
                account.number = NUMBER + (int) id;
                account.picture = new byte[60];
                lost.persist(account);
            }
        }
    }

    private static void requireWhole(Unit unit) {
        assertThat(unit.all(Account.class)).hasSize(12).allSatisfy(account -> {
            assertThat(account.email).isEqualTo(TEXT + account.id);
            assertThat(account.number).isEqualTo(NUMBER + account.id.intValue());
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_lookalike_is_read_does_not_stop_the_start_and_is_counted_and_migrated_as_its_owners(TestDatabase kind)
            throws SQLException {
        try (Unit unit = unit(filled(kind))) {
            requireWhole(unit);
            Census before = unit.job().census();
            assertThat(before.legacy("old")).isEqualTo(24);
            assertThat(before.ciphertexts()).isZero();
            assertThat(unit.job().verify().failed()).isZero();
            assertThat(unit.job().dryRun().fromLegacy()).isEqualTo(24);

            Report report = unit.job().run();
            assertThat(report.failures()).isEmpty();
            assertThat(report.fromLegacy()).isEqualTo(report.rewritten()).isEqualTo(24);
            requireWhole(unit);
            Census after = unit.job().census();
            assertThat(after.legacy("old")).isZero();
            assertThat(after.ciphertexts()).isEqualTo(24);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_ciphertext_of_a_lost_key_beside_them_stays_what_it_is(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = filled(kind);
        addLost(database, 20, 21, 22);
        assertThatThrownBy(() -> unit(database))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("key " + Unit.LOST.id())
                .hasMessageNotContaining("keys ");
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW, Unit.OLD), StartupCheckMode.OFF)) {
            assertThat(unit.job().census().remaining(Unit.LOST.id())).isEqualTo(9);
            assertThat(unit.job().census().legacy("old")).isEqualTo(24);
            assertThatThrownBy(() -> unit.sessions().fromTransaction(session -> session.find(Account.class, 20L)))
                    .hasMessageContaining(Unit.LOST.id().toString());
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Nothing was written")
                    .hasMessageContaining(Unit.LOST.id().toString());

            List<List<String>> lost = unit.raw("select email, amount, picture from account where id >= 20 order by id");
            Report report = unit.job().maxFailures(100).run();
            assertThat(report.fromLegacy()).isEqualTo(24);
            assertThat(report.failures())
                    .hasSize(9)
                    .allSatisfy(failure -> assertThat(failure.keyId()).isEqualTo(Unit.LOST.id()));
            assertThat(unit.raw("select email, amount, picture from account where id >= 20 order by id"))
                    .isEqualTo(lost);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_lookalike_that_its_owner_does_not_read_is_left_as_it_is_and_named(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = filled(kind);
        String damaged = text("x".repeat(40), true).replaceFirst("...=*$", "");
        insert(database, 30, damaged, null, null);
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW, Unit.OLD), StartupCheckMode.OFF)) {
            Report report = unit.job().run();
            assertThat(report.fromLegacy()).isEqualTo(24);
            assertThat(report.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.key()).isEqualTo("30");
                assertThat(failure.keyId()).isNotNull();
                assertThat(failure.reason()).contains(" key " + failure.keyId());
            });
            assertThat(unit.raw("select email from account where id = 30")).containsExactly(List.of(damaged));
        }
    }

    /** Garbage in bytes cannot be told from a value, and the job would make it one. */
    @ParameterizedTest
    @EnumSource
    void bytes_that_may_be_ciphertext_are_never_their_owners(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = filled(kind);
        insert(database, 30, null, null, bytes(TEXT.getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> unit(database)).hasMessageContaining("picture").hasMessageContaining("docs/legacy.md");
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW, Unit.OLD), StartupCheckMode.OFF)) {
            Report report = unit.job().run();
            assertThat(report.fromLegacy()).isEqualTo(24);
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.column()).isEqualTo("picture"));
            assertThat(unit.job().census().toText())
                    .containsPattern("legacy reader old: none found in .*: take it out of ")
                    .containsPattern("legacy reader old-binary: none found in [^:]*:[^:]*:[0-9]*Z\n")
                    .contains("and 1 value of its attributes that may be its own");
            JsonNode readers =
                    new ObjectMapper().readTree(unit.job().census().toJson()).at("/readers");
            assertThat(readers)
                    .extracting(reader -> reader.at("/name").asText() + " "
                            + reader.at("/undecided").asLong(-1))
                    .containsExactlyInAnyOrder("old 0", "old-binary 1");
        }
    }

    /** Under a fixed salt equal values are stored alike, under a random one if a row was copied. */
    @ParameterizedTest
    @EnumSource
    void a_lookalike_in_many_rows_is_counted_in_each(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = filled(kind);
        String stored = text(TEXT, true);
        for (long id = 50; id < 59; id++) {
            insert(database, id, stored, null, null);
        }
        try (Unit unit = unit(database)) {
            Census census = unit.job().census();
            assertThat(census.legacy("old")).isEqualTo(24 + 9);
            assertThat(census.ciphertexts()).isZero();
            assertThat(unit.job().run().fromLegacy()).isEqualTo(24 + 9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_text_of_a_lookalike_in_a_column_of_bytes_is_counted_as_its_owners(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = filled(kind);
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement("update account set note = ? where id = ?")) {
            for (long id = 5; id <= 8; id++) {
                update.setBytes(1, text(TEXT, id <= 6).getBytes(StandardCharsets.US_ASCII));
                update.setLong(2, id);
                update.executeUpdate();
            }
        }
        try (Unit unit = unit(database)) {
            assertThat(unit.job().dryRun().fromLegacy()).isEqualTo(24 + 4);
            Census census = unit.job().census();
            assertThat(census.legacy("old")).isEqualTo(24 + 4);
            assertThat(census.ciphertexts()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, 1", "POSTGRESQL, 5", "MARIADB, 9"})
    void the_census_counts_every_value_of_a_lost_key(TestDatabase kind, int lost) throws SQLException {
        TestDatabase.Fresh database = filled(kind);
        for (int id = 40; id < 40 + lost; id++) {
            addLost(database, id);
        }
        try (Unit unit = unit(database, "none", Keyring.of(Unit.NEW, Unit.OLD), StartupCheckMode.OFF)) {
            Census census = unit.job().census();
            assertThat(census.remaining(Unit.LOST.id())).isEqualTo(3L * lost);
            assertThat(census.legacy("old")).isEqualTo(24);
            assertThatCode(census::toJson).doesNotThrowAnyException();
        }
    }
}
