package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.SettingSource;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values as each of these systems' reference implementations wrote them, from their columns into format 1. */
@Timeout(120)
class SystemsOfTheFieldTest {

    private static final byte[] COUNTING = new byte[32];

    static {
        IntStream.range(0, COUNTING.length).forEach(i -> COUNTING[i] = (byte) i);
    }

    private record Value(String system, String option, String secret, String stored, String plaintext) {}

    private static final List<Value> VALUES = List.of(
            new Value(
                    "metabase",
                    "secret",
                    "IYqrSi5QDthvFWe4/WdAxhnra5DZC3RKx3ZSrOJDKsM=",
                    "AAECAwQFBgcICQoLDA0OD52QKBmPhc8HYoVNfxQRgId1UdoGyNUNzeLu6+lvS3zjDNCbOexvVnY/BOstk/TkChJMWQaUqYl7wJ08joKl7eA=",
                    "{\"password\":\"hunter2\"}"),
            new Value(
                    "redash",
                    "secret",
                    "old_secret_value",
                    "gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD5l568HJbc7CNQOX0P0baEYGbe0yFT6twguUAubbCDmhjzTt-UmVAyDkP0hi3E_Y6RNfOdi9V8fHxmY0nlDG2xtkpCQKVYfyEdZkV-kU_ROI",
                    "{\"dbname\": \"db\", \"password\": \"hunter2\"}"),
            new Value(
                    "dbackup",
                    "key",
                    HexFormat.of().formatHex(COUNTING),
                    "000102030405060708090a0b0c0d0e0f:9efb2372291d730b655478d923fba35a:0f19ce025c9678",
                    "hunter2"),
            new Value(
                    "freeboard",
                    "key",
                    java.util.Base64.getEncoder().encodeToString(COUNTING),
                    "{\"algorithm\":\"aes-256-gcm\",\"keyId\":\"v1\",\"iv\":\"AAECAwQFBgcICQoL\",\"ciphertext\":\"PCCidK6ArDm3Y//+350dH7H0+g==\",\"authTag\":\"v5LRLZLn5DIMiZgUFkoNyw==\"}",
                    "{\"token\":\"hunter2\"}"));

    @Entity(name = "Connection")
    @Table(name = "of_systems")
    static class Credentials {
        @Id
        Long id;

        @Column(name = "metabase", length = 500)
        @Encrypted(legacy = "of-metabase")
        String metabase;

        @Column(name = "redash", length = 500)
        @Encrypted(legacy = "of-redash")
        String redash;

        @Column(name = "dbackup", length = 500)
        @Encrypted(legacy = "of-dbackup")
        String dbackup;

        @Column(name = "freeboard", length = 500)
        @Encrypted(legacy = "of-freeboard")
        String freeboard;
    }

    private static LegacyReaders readers() {
        Map<String, String> settings = new java.util.HashMap<>();
        VALUES.forEach(value -> settings.put(
                "cipherfield.legacy." + value.system() + ".of-" + value.system() + "." + value.option(),
                value.secret()));
        return LegacyReaders.from(SettingSource.properties(settings));
    }

    private static Unit unit(TestDatabase.Fresh database, String ddl) {
        return Unit.start(
                database,
                ddl,
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW)).withStartupCheck(StartupCheckMode.OFF),
                settings -> {
                    settings.getProperties().put(CipherfieldService.LEGACY_READERS, readers());
                    return settings;
                },
                Credentials.class);
    }

    private static void requireRead(Unit unit) {
        Credentials read = unit.all(Credentials.class).get(0);
        assertThat(List.of(read.metabase, read.redash, read.dbackup, read.freeboard))
                .isEqualTo(VALUES.stream().map(Value::plaintext).toList());
    }

    @ParameterizedTest
    @EnumSource
    void the_values_of_each_are_read_counted_and_migrated(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = unit(database, "create")) {
            if (kind == TestDatabase.MARIADB) {
                // As columns of old are: those of ciphertext alone take no other letters.
                unit.execute("alter table of_systems convert to character set utf8mb4 collate utf8mb4_bin");
            }
            try (Connection connection = database.connect();
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into of_systems (id, metabase, redash, dbackup, freeboard) values (1, ?, ?, ?, ?)")) {
                for (int i = 0; i < VALUES.size(); i++) {
                    insert.setString(i + 1, VALUES.get(i).stored());
                }
                insert.executeUpdate();
            }
            requireRead(unit);
            Census census = unit.job().census();
            VALUES.forEach(value -> assertThat(census.legacy("of-" + value.system()))
                    .as(value.system())
                    .isEqualTo(1));
            assertThat(unit.job().dryRun().fromLegacy()).isEqualTo(VALUES.size());
            assertThat(unit.job().verify().failures()).isEmpty();

            Report report = unit.job().run();

            assertThat(report.failures()).isEmpty();
            assertThat(report.fromLegacy()).isEqualTo(VALUES.size());
            assertThat(report.successful()).isTrue();
            assertThat(unit.raw("select metabase, redash, dbackup, freeboard from of_systems")
                            .get(0))
                    .allSatisfy(stored -> assertThat(stored).startsWith("zw"));
            requireRead(unit);
            assertThat(unit.job().census().legacy()).isZero();
        }
    }
}
