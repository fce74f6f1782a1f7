package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Setting;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.Report;
import io.cipherfield.hibernate.testing.OldSystems;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Columns that hold plaintext, what Jasypt and Redash wrote and ciphertext under three keys side by side, checked against a model. The seed of a run is printed;
 * {@code -Dcipherfield.test.seed=…} repeats it.
 */
class MixedColumnTest {

    private static final List<CipherKey> KEYS = List.of(
            TestFactory.key(), CipherKey.parse("a1".repeat(31) + "00"), CipherKey.parse("b2".repeat(31) + "00"));

    /** None with blanks at the end, which MariaDB's collation of the plain column passes over. */
    private static final List<String> TEXTS = List.of(
            "",
            "one",
            "two",
            "ENC(bears a mark)",
            "gAAAAbears another one",
            "zwF",
            "z\u00FCrich \u4E2D \uD83D\uDD11",
            "x".repeat(200),
            "null",
            "ONE");

    @Entity(name = "Row")
    @Table(name = "mixed_row")
    static class Row {
        @Id
        Long id;

        @Column(name = "free")
        @Encrypted(
                plaintext = PlaintextMode.ALLOW,
                legacy = {"token", "sealed"})
        String text;

        @Column(name = "found")
        @Encrypted(deterministic = true, plaintext = PlaintextMode.ALLOW, legacy = "fixed")
        String searched;

        @Column(name = "anything")
        @Encrypted(
                deterministic = true,
                plaintext = PlaintextMode.ALLOW,
                legacy = {"token", "fixed"})
        String anything;

        @Column(name = "digits")
        @Encrypted(deterministic = true, storage = Storage.TEXT, legacy = "fixed-owner")
        Integer number;
    }

    /** The same table when nothing of the other systems is left in it. */
    @Entity(name = "Migrated")
    @Table(name = "mixed_row")
    static class Migrated {
        @Id
        Long id;

        @Column(name = "anything")
        @Encrypted(deterministic = true, context = "Row.anything")
        String anything;
    }

    private final long seed = Long.getLong("cipherfield.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private static TestFactory started(TestDatabase.Fresh database) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.hbm2ddl.auto", "none");
        settings.put(CipherfieldService.LEGACY_READERS, OldSystems.KNOWN.readers());
        settings.put(Setting.KEY.property(), TestFactory.KEY);
        settings.put(Setting.DECRYPT_ONLY_KEYS.property(), "a1".repeat(31) + "00," + "b2".repeat(31) + "00");
        return TestFactory.on(database, settings, Row.class);
    }

    private static void create(TestDatabase.Fresh database) {
        String text = database.kind() == TestDatabase.MARIADB
                ? "varchar(1083) character set utf8mb4 collate utf8mb4_bin"
                : "varchar(1083)";
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("create table mixed_row (id bigint primary key, free " + text + ", found " + text
                    + ", anything " + text + ", digits " + text + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static String ciphertext(CipherKey key, Suite suite, String context, Object value) {
        ValueCodec<Object> codec = (ValueCodec<Object>) Objects.requireNonNull(ValueCodecs.find(value.getClass()));
        return CiphertextText.encode(
                FieldEncryptor.of(Keyring.of(key), suite, context).encrypt(codec.encode(value, 0)));
    }

    private String text(String value) {
        return switch (random.nextInt(6)) {
            case 0 -> inClear(value, Suite.AES_SIV, "Row.text");
            case 1 -> OldSystems.KNOWN.token(value);
            case 2 -> OldSystems.KNOWN.sealed(value);
            default -> ciphertext(key(), Suite.AES_SIV, "Row.text", value);
        };
    }

    private String searched(String value) {
        return switch (random.nextInt(5)) {
            case 0 -> inClear(value, Suite.AES_SIV_DETERMINISTIC, "Row.searched");
            case 1 -> OldSystems.KNOWN.fixed(value);
            default -> ciphertext(key(), Suite.AES_SIV_DETERMINISTIC, "Row.searched", value);
        };
    }

    private String anything(String value) {
        return switch (random.nextInt(6)) {
            case 0 -> inClear(value, Suite.AES_SIV_DETERMINISTIC, "Row.anything");
            case 1 -> OldSystems.KNOWN.token(value);
            case 2 -> OldSystems.KNOWN.fixed(value);
            default -> ciphertext(key(), Suite.AES_SIV_DETERMINISTIC, "Row.anything", value);
        };
    }

    /** What bears a mark cannot stand there in clear. */
    private String inClear(String value, Suite suite, String context) {
        return value.startsWith("ENC(") || value.startsWith("gAAAA") ? ciphertext(key(), suite, context, value) : value;
    }

    private String number(Integer value) {
        return random.nextInt(4) == 0
                ? OldSystems.KNOWN.fixedOwner(value.toString())
                : ciphertext(key(), Suite.AES_SIV_DETERMINISTIC, "Row.number", value);
    }

    private CipherKey key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private record Model(
            @Nullable String text,
            @Nullable String searched,
            @Nullable String anything,
            @Nullable Integer number) {

        static Model of(Row row) {
            return new Model(row.text, row.searched, row.anything, row.number);
        }
    }

    private Model model() {
        return new Model(
                random.nextInt(10) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())),
                random.nextInt(10) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())),
                random.nextInt(10) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())),
                random.nextInt(10) == 0 ? null : random.nextInt(5) - 2);
    }

    private Map<Long, Model> fill(TestDatabase.Fresh database, int rows) throws SQLException {
        Map<Long, Model> models = new TreeMap<>();
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into mixed_row (id, free, found, anything, digits) values (?, ?, ?, ?, ?)")) {
            for (long id = 0; id < rows; id++) {
                Model model = model();
                models.put(id, model);
                insert.setLong(1, id);
                insert.setString(2, model.text == null ? null : text(model.text));
                insert.setString(3, model.searched == null ? null : searched(model.searched));
                insert.setString(4, model.anything == null ? null : anything(model.anything));
                insert.setString(5, model.number == null ? null : number(model.number));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return models;
    }

    private static void requireRead(SessionFactory sessions, Map<Long, Model> models) {
        Map<Long, Model> read = new TreeMap<>();
        sessions.inTransaction(session -> session.createSelectionQuery("from Row", Row.class)
                .getResultList()
                .forEach(row -> read.put(row.id, Model.of(row))));
        assertThat(read).isEqualTo(models);
    }

    private static void requireFound(
            SessionFactory sessions,
            String entity,
            String attribute,
            Map<Long, Model> models,
            Function<Model, @Nullable Object> value) {
        Map<Object, List<Long>> ids = new HashMap<>();
        models.forEach((id, model) -> {
            Object of = value.apply(model);
            if (of != null) {
                ids.computeIfAbsent(of, unused -> new ArrayList<>()).add(id);
            }
        });
        sessions.inTransaction(session -> ids.forEach((of, expected) -> assertThat(session.createSelectionQuery(
                                "select r.id from " + entity + " r where r." + attribute + " = :v order by r.id",
                                Long.class)
                        .setParameter("v", of)
                        .getResultList())
                .as(attribute + " = " + of)
                .isEqualTo(expected)));
    }

    @ParameterizedTest
    @EnumSource
    void are_read_and_searched_as_a_model_says_whatever_form_each_value_has(TestDatabase kind) throws SQLException {
        System.out.printf("%s: columns of every form (seed %d)%n", kind, seed);
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        Map<Long, Model> models = fill(database, 150);
        try (TestFactory factory = started(database)) {
            SessionFactory sessions = factory.sessions();
            requireRead(sessions, models);
            requireFound(sessions, "Row", "searched", models, Model::searched);
            requireFound(sessions, "Row", "number", models, Model::number);

            sessions.inTransaction(session -> models.replaceAll((id, model) -> {
                if (random.nextInt(3) > 0) {
                    return model;
                }
                Model changed = model();
                Row row = session.find(Row.class, id);
                row.text = changed.text;
                row.searched = changed.searched;
                row.anything = changed.anything;
                row.number = changed.number;
                return changed;
            }));
            requireRead(sessions, models);
            requireFound(sessions, "Row", "searched", models, Model::searched);
            requireFound(sessions, "Row", "number", models, Model::number);
            assertThatThrownBy(() -> requireFound(sessions, "Row", "anything", models, Model::anything))
                    .hasMessageContaining("Row.anything")
                    .hasMessageContaining("token");

            Report report = Reencryption.of(sessions).pageSize(40).run();
            assertThat(report.failures()).isEmpty();
            assertThat(report.successful()).isTrue();
            requireRead(sessions, models);
            requireFound(sessions, "Row", "searched", models, Model::searched);
            requireFound(sessions, "Row", "number", models, Model::number);
        }
        try (TestFactory factory = TestFactory.on(database, Map.of("hibernate.hbm2ddl.auto", "none"), Migrated.class)) {
            requireFound(factory.sessions(), "Migrated", "anything", models, Model::anything);
        }
    }
}
