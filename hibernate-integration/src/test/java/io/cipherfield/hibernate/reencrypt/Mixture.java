package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.PlaintextMode;
import io.cipherfield.hibernate.testing.OldSystems;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A database whose columns hold values of every origin, and what the tests know of each: a model to check job and census against. */
final class Mixture {

    static final CipherKey THIRD = Unit.LOST;

    /** Where a value comes from. */
    enum Origin {
        NULL,
        PLAINTEXT,
        SEALED,
        TOKEN,
        OWNED,
        CURRENT,
        OLD,
        THIRD
    }

    static final Set<Origin> ALL = EnumSet.complementOf(EnumSet.of(Origin.OWNED));
    private static final Set<Origin> OF_AN_OWNER =
            EnumSet.complementOf(EnumSet.of(Origin.PLAINTEXT, Origin.SEALED, Origin.TOKEN));

    /** Its elements are looked for in each form. */
    private static final Set<Origin> OF_A_SET = EnumSet.of(Origin.PLAINTEXT, Origin.CURRENT, Origin.OLD, Origin.THIRD);

    /** What a migration that is interrupted goes from. */
    static final List<Set<Origin>> INTERRUPTED = List.of(
            EnumSet.of(Origin.PLAINTEXT),
            EnumSet.of(Origin.SEALED),
            EnumSet.of(Origin.TOKEN),
            EnumSet.of(Origin.OWNED),
            EnumSet.allOf(Origin.class));

    @Entity(name = "Mixed")
    @Table(name = "mixed")
    static class Mixed {
        @Id
        Long id;

        @Encrypted(legacy = {"sealed", "token"})
        String secret;

        @Encrypted(
                deterministic = true,
                plaintext = PlaintextMode.ALLOW,
                legacy = {"sealed", "token"})
        String number;

        @Encrypted(plaintext = PlaintextMode.REFUSE, legacy = "owned")
        String owned;

        @ElementCollection
        @CollectionTable(name = "mixed_bag")
        @Encrypted(legacy = {"sealed", "token"})
        List<String> bag = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "mixed_words")
        @Column(nullable = false, length = 40)
        @Encrypted(deterministic = true)
        Set<String> words = new HashSet<>();
    }

    /** @param row the owner's key; elements have one number each */
    record Value(
            String table,
            String column,
            long row,
            Origin origin,
            @Nullable String plain,
            String stored) {}

    private final List<Value> values = new ArrayList<>();
    private final Random random;

    private Mixture(long seed) {
        this.random = new Random(seed);
    }

    static CipherfieldConfiguration configuration() {
        return CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD, THIRD))
                .withPlaintext(PlaintextPolicy.ALLOW)
                .withStartupCheck(StartupCheckMode.OFF);
    }

    static Unit unit(TestDatabase.Fresh database, String ddl) {
        return unit(database, ddl, OldSystems.KNOWN.readers());
    }

    static Unit unit(TestDatabase.Fresh database, String ddl, LegacyReaders readers) {
        return unit(database, ddl, readers, configuration());
    }

    static Unit unit(
            TestDatabase.Fresh database, String ddl, LegacyReaders readers, CipherfieldConfiguration configuration) {
        return Unit.start(
                database,
                ddl,
                configuration,
                settings -> {
                    settings.getProperties().put(CipherfieldService.LEGACY_READERS, readers);
                    return settings;
                },
                Mixed.class);
    }

    /** @param origins of which the values are, where their column can have them */
    static Mixture create(TestDatabase.Fresh database, int rows, long seed, Set<Origin> origins) throws SQLException {
        try (Unit unit = unit(database, "create")) {
            if (database.kind() == TestDatabase.MARIADB) {
                // As columns of old are: those of ciphertext alone take no other letters.
                for (String table : List.of("mixed", "mixed_bag", "mixed_words")) {
                    unit.execute("alter table " + table + " convert to character set utf8mb4 collate utf8mb4_bin");
                }
            }
        }
        Mixture mixture = new Mixture(seed);
        for (long row = 0; row < rows; row++) {
            mixture.add("mixed", "secret", "Mixed.secret", row, origins, ALL);
            mixture.add("mixed", "number", "Mixed.number", row, origins, ALL);
            mixture.add("mixed", "owned", "Mixed.owned", row, origins, OF_AN_OWNER);
            for (int element = mixture.random.nextInt(3); element > 0; element--) {
                mixture.add("mixed_bag", "bag", "Mixed.bag", row, origins, ALL);
                mixture.add("mixed_words", "words", "Mixed.words", row, origins, OF_A_SET);
            }
        }
        mixture.insert(database);
        return mixture;
    }

    private void add(String table, String column, String context, long row, Set<Origin> wanted, Set<Origin> possible) {
        Set<Origin> origins = EnumSet.copyOf(possible);
        origins.retainAll(wanted);
        if (!table.equals("mixed")) {
            origins.remove(Origin.NULL);
        }
        if (origins.isEmpty()) {
            origins.add(Origin.CURRENT);
        }
        Origin origin = List.copyOf(origins).get(random.nextInt(origins.size()));
        String plain = origin == Origin.NULL ? null : "wörd " + values.size() + "-" + random.nextInt(1000);
        boolean deterministic = context.equals("Mixed.number") || context.equals("Mixed.words");
        values.add(new Value(table, column, row, origin, plain, stored(origin, plain, context, deterministic)));
    }

    static @Nullable String stored(Origin origin, @Nullable String plain, String context, boolean deterministic) {
        return switch (origin) {
            case NULL -> null;
            case PLAINTEXT -> plain;
            case SEALED -> OldSystems.KNOWN.sealed(plain);
            case TOKEN -> OldSystems.KNOWN.token(plain);
            case OWNED -> OldSystems.KNOWN.owned(plain);
            case CURRENT -> ciphertext(Unit.NEW, plain, context, deterministic);
            case OLD -> ciphertext(Unit.OLD, plain, context, deterministic);
            case THIRD -> ciphertext(THIRD, plain, context, deterministic);
        };
    }

    @SuppressWarnings("unchecked")
    private static String ciphertext(CipherKey key, String plain, String context, boolean deterministic) {
        ValueCodec<Object> codec = (ValueCodec<Object>) ValueCodecs.find(String.class);
        Suite suite = deterministic ? Suite.AES_SIV_DETERMINISTIC : Suite.AES_SIV;
        return CiphertextText.encode(
                FieldEncryptor.of(Keyring.of(key), suite, context).encrypt(codec.encode(plain, 0)));
    }

    private void insert(TestDatabase.Fresh database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            Map<Long, List<Value>> rows = new TreeMap<>();
            of("mixed")
                    .forEach(value -> rows.computeIfAbsent(value.row(), row -> new ArrayList<>())
                            .add(value));
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into mixed (id, secret, number, owned) values (?, ?, ?, ?)")) {
                for (Map.Entry<Long, List<Value>> row : rows.entrySet()) {
                    insert.setLong(1, row.getKey());
                    for (int i = 0; i < 3; i++) {
                        insert.setString(i + 2, row.getValue().get(i).stored());
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            for (String collection : List.of("bag", "words")) {
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into mixed_" + collection + " (Mixed_id, " + collection + ") values (?, ?)")) {
                    for (Value value : of("mixed_" + collection)) {
                        insert.setLong(1, value.row());
                        insert.setString(2, value.stored());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
            }
            connection.commit();
        }
    }

    private List<Value> of(String table) {
        return values.stream().filter(value -> value.table().equals(table)).toList();
    }

    long count(Predicate<Value> which) {
        return values.stream().filter(which).count();
    }

    long count(Origin... origins) {
        return count(value -> List.of(origins).contains(value.origin()));
    }

    long size() {
        return values.size();
    }

    /** By column and by what a census calls the form. */
    Map<String, Long> forms() {
        Map<String, Long> forms = new TreeMap<>();
        values.forEach(value -> forms.merge(value.column() + " " + form(value.origin()), 1L, Long::sum));
        return forms;
    }

    private static String form(Origin origin) {
        return switch (origin) {
            case NULL -> "null";
            case PLAINTEXT -> "plaintext";
            case SEALED -> "sealed";
            case TOKEN -> "token";
            case OWNED -> "owned";
            case CURRENT -> Unit.NEW.id().toString();
            case OLD -> Unit.OLD.id().toString();
            case THIRD -> THIRD.id().toString();
        };
    }

    static Map<String, Long> forms(Census census) {
        Map<String, Long> forms = new TreeMap<>();
        census.entries().forEach(entry -> forms.merge(entry.column() + " " + form(entry), entry.count(), Long::sum));
        return forms;
    }

    private static String form(CensusEntry entry) {
        return switch (entry.kind()) {
            case NULL -> "null";
            case PLAINTEXT -> "plaintext";
            case LEGACY -> entry.reader();
            case CIPHERTEXT -> entry.keyId().toString();
        };
    }

    void requireCounts(Report report) {
        assertThat(report.failures()).isEmpty();
        assertThat(report.scanned()).isEqualTo(size());
        assertThat(report.nulls()).isEqualTo(count(Origin.NULL));
        assertThat(report.alreadyCurrent()).isEqualTo(count(Origin.CURRENT));
        assertThat(report.fromPlaintext()).isEqualTo(count(Origin.PLAINTEXT));
        assertThat(report.fromLegacy()).isEqualTo(count(Origin.SEALED, Origin.TOKEN, Origin.OWNED));
        assertThat(report.rewritten()).isEqualTo(size() - count(Origin.NULL, Origin.CURRENT));
        assertThat(report.changedMeanwhile()).isZero();
    }

    /** The application reads each value as it was. */
    void requireKept(Unit unit) {
        Map<Long, String> expected = new LinkedHashMap<>();
        for (Value value : values) {
            expected.merge(value.row(), text(value), (first, second) -> first + "\n" + second);
        }
        Map<Long, String> found = new LinkedHashMap<>();
        unit.sessions()
                .inTransaction(session -> session.createQuery("from Mixed", Mixed.class)
                        .getResultList()
                        .forEach(mixed -> {
                            List<Value> of = new ArrayList<>();
                            of.add(found("secret", mixed.id, mixed.secret));
                            of.add(found("number", mixed.id, mixed.number));
                            of.add(found("owned", mixed.id, mixed.owned));
                            mixed.bag.forEach(element -> of.add(found("bag", mixed.id, element)));
                            mixed.words.forEach(element -> of.add(found("words", mixed.id, element)));
                            found.put(
                                    mixed.id,
                                    String.join(
                                            "\n", of.stream().map(Mixture::text).toList()));
                        }));
        assertThat(sorted(found)).isEqualTo(sorted(expected));
    }

    private static Value found(String column, long row, String plain) {
        return new Value("", column, row, Origin.CURRENT, plain, "");
    }

    private static String text(Value value) {
        return value.column() + "=" + value.plain();
    }

    private static Map<Long, List<String>> sorted(Map<Long, String> rows) {
        Map<Long, List<String>> sorted = new TreeMap<>();
        rows.forEach((row, text) -> sorted.put(row, text.lines().sorted().toList()));
        return sorted;
    }
}
