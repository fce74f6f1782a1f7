package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.annotations.MapKeyJavaType;
import org.hibernate.annotations.MapKeyJdbcTypeCode;
import org.hibernate.annotations.SQLDelete;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.SortNatural;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.StringJavaType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncryptedKeyTest {

    enum Colour {
        RED,
        GREEN
    }

    @Embeddable
    static class Range {
        @Encrypted(deterministic = true)
        @Column(name = "from_day", nullable = false)
        LocalDate from;

        @Column(name = "to_day", nullable = false)
        LocalDate to;

        Range() {}

        Range(LocalDate from, LocalDate to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Range range && from.equals(range.from) && to.equals(range.to);
        }

        @Override
        public int hashCode() {
            return from.hashCode();
        }
    }

    @MappedSuperclass
    static class Base {
        @ElementCollection
        @EncryptedKey
        Map<Integer, String> inherited = new HashMap<>(Map.of(1, "one"));
    }

    @Entity(name = "Keyed")
    static class Keyed extends Base {
        @Id
        Long id = 1L;

        @ElementCollection
        @EncryptedKey
        @MapKeyColumn(name = "word", length = 5)
        Map<String, String> words = new HashMap<>(Map.of("köln", "1"));

        @ElementCollection
        @EncryptedKey(context = "Old.words", storage = Storage.BINARY)
        Map<String, String> pinned = new HashMap<>(Map.of("a", "1"));

        @ElementCollection
        @EncryptedKey
        @Encrypted
        Map<Colour, Integer> both = new HashMap<>(Map.of(Colour.RED, 1));

        @ElementCollection
        @EncryptedKey
        @MapKeyEnumerated(EnumType.STRING)
        Map<Colour, String> enumerated = new HashMap<>(Map.of(Colour.GREEN, "1"));

        @ElementCollection
        @EncryptedKey
        @MapKeyTemporal(TemporalType.TIMESTAMP)
        Map<Date, String> dates = new HashMap<>(Map.of(new Date(1234567), "1"));

        @ElementCollection(targetClass = String.class)
        @EncryptedKey
        @MapKeyClass(Long.class)
        @SuppressWarnings("rawtypes")
        Map raw = new HashMap<>(Map.of(7L, "1"));

        @ElementCollection
        @EncryptedKey
        @SortNatural
        SortedMap<String, String> sorted = new TreeMap<>(Map.of("b", "1", "a", "2"));

        @ElementCollection
        @AttributeOverride(name = "key.from", column = @Column(name = "started", nullable = false))
        Map<Range, String> ranges =
                new HashMap<>(Map.of(new Range(LocalDate.EPOCH, LocalDate.MAX.withYear(2000)), "1"));

        @ElementCollection
        @Encrypted
        @Convert(attributeName = "key", converter = Upper.class)
        Map<String, String> converted = new HashMap<>(Map.of("k", "secret"));
    }

    @Converter
    static class Upper implements AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String key) {
            return key.toUpperCase(java.util.Locale.ROOT);
        }

        @Override
        public String convertToEntityAttribute(String key) {
            return key.toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static TestFactory factory;

    @BeforeAll
    static void persist() {
        factory = TestFactory.h2(Keyed.class);
        factory.persist(new Keyed());
    }

    @AfterAll
    static void close() {
        factory.close();
    }

    private static CiphertextHeader header(String query) {
        Object stored = factory.raw(query).get(0);
        return stored instanceof byte[] bytes ? CiphertextHeader.of(bytes) : CiphertextHeader.of((String) stored);
    }

    @Test
    void keys_are_stored_as_deterministic_ciphertext() {
        for (String query : List.of(
                "select inherited_KEY from Keyed_inherited",
                "select word from Keyed_words",
                "select pinned_KEY from Keyed_pinned",
                "select both_KEY from Keyed_both",
                "select enumerated_KEY from Keyed_enumerated",
                "select dates_KEY from Keyed_dates",
                "select raw_KEY from Keyed_raw",
                "select sorted_KEY from Keyed_sorted",
                "select started from Keyed_ranges")) {
            assertThat(header(query)).as(query).isNotNull();
            assertThat(header(query).suite()).as(query).isEqualTo(Suite.AES_SIV_DETERMINISTIC);
        }
    }

    @Test
    void values_are_encrypted_only_where_they_say_so_and_each_by_its_own_context() {
        assertThat(factory.raw("select words from Keyed_words")).containsExactly("1");
        assertThat(header("select both from Keyed_both").suite()).isEqualTo(Suite.AES_SIV);
        assertThat(header("select converted from Keyed_converted")).isNotNull();
        assertThat(factory.raw("select converted_KEY from Keyed_converted")).containsExactly("K");
    }

    @Test
    void keys_are_read_back_as_what_they_were() {
        factory.sessions().inTransaction(session -> {
            Keyed found = session.find(Keyed.class, 1L);
            assertThat(found.inherited).isEqualTo(Map.of(1, "one"));
            assertThat(found.words).isEqualTo(Map.of("köln", "1"));
            assertThat(found.pinned).isEqualTo(Map.of("a", "1"));
            assertThat(found.both).isEqualTo(Map.of(Colour.RED, 1));
            assertThat(found.enumerated).isEqualTo(Map.of(Colour.GREEN, "1"));
            assertThat(found.dates).isEqualTo(Map.of(new Date(1234567), "1"));
            assertThat(found.raw).isEqualTo(Map.of(7L, "1"));
            assertThat(found.sorted.keySet()).containsExactly("a", "b");
            assertThat(found.ranges).containsOnlyKeys(new Range(LocalDate.EPOCH, LocalDate.MAX.withYear(2000)));
            assertThat(found.converted).isEqualTo(Map.of("k", "secret"));
        });
    }

    @Test
    void the_catalogue_names_keys_and_their_contexts() {
        List<EncryptedColumn> columns = EncryptedColumns.of(factory.sessions()).all();

        assertThat(columns)
                .extracting(column -> column.path() + " " + column.attribute().context())
                .contains(
                        "inherited#key Base.inherited#key",
                        "words#key Keyed.words#key",
                        "pinned#key Old.words",
                        "both#key Keyed.both#key",
                        "both Keyed.both",
                        "ranges#key.from Range.from");
    }

    @Test
    void a_key_that_is_longer_than_its_column_allows_is_refused_before_it_is_written() {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> factory.sessions()
                .inTransaction(session -> session.find(Keyed.class, 1L).words.put("sixsix", "2")));

        assertThat(thrown).hasStackTraceContaining("words (key)").hasStackTraceContaining("allows 5");
        assertThat(thrown.toString()).doesNotContain("sixsix");
        assertThat(factory.raw("select word from Keyed_words")).hasSize(1);
    }

    private static void refused(Class<?> entity, String... words) {
        ConfigurationException refusal = TestFactory.refusal(entity, Target.class);
        assertThat(refusal).as(entity.getSimpleName()).isNotNull();
        assertThat(refusal.getMessage()).contains(words);
    }

    @Entity(name = "Target")
    static class Target {
        @Id
        Long id;

        @Encrypted
        String ssn;
    }

    @Entity(name = "OnAList")
    static class OnAList {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        List<String> values;
    }

    @Entity(name = "OnAString")
    static class OnAString {
        @Id
        Long id;

        @EncryptedKey
        String value;
    }

    @Entity(name = "OnEntityKeys")
    static class OnEntityKeys {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        Map<Target, String> values;
    }

    @Entity(name = "OnEmbeddableKeys")
    static class OnEmbeddableKeys {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        Map<Range, String> values;
    }

    @Entity(name = "ByColour")
    static class ByColour {
        @Id
        Long id = 1L;

        @ElementCollection
        @EncryptedKey
        @MapKeyEnumerated(EnumType.ORDINAL)
        @MapKeyColumn(name = "ordinal_colour", length = 10)
        Map<Colour, String> byOrdinal = new HashMap<>(Map.of(Colour.GREEN, "green"));

        @ElementCollection
        @EncryptedKey
        @MapKeyEnumerated(EnumType.STRING)
        @MapKeyColumn(name = "named_colour")
        Map<Colour, String> byName = new HashMap<>(Map.of(Colour.RED, "red"));
    }

    @ParameterizedTest
    @EnumSource
    void enum_keys_are_stored_by_name_whatever_MapKeyEnumerated_says(TestDatabase database) {
        try (TestFactory enums = TestFactory.on(database.fresh(), Map.of(), ByColour.class)) {
            enums.persist(new ByColour());
            enums.sessions().inTransaction(session -> {
                ByColour found = session.find(ByColour.class, 1L);
                found.byOrdinal.put(Colour.RED, "added");
                found.byName.remove(Colour.RED);
                found.byName.put(Colour.GREEN, "other");
            });

            ByColour found = enums.sessions().fromSession(session -> {
                ByColour loaded = session.find(ByColour.class, 1L);
                assertThat(loaded.byOrdinal).isEqualTo(Map.of(Colour.GREEN, "green", Colour.RED, "added"));
                assertThat(loaded.byName).isEqualTo(Map.of(Colour.GREEN, "other"));
                return loaded;
            });
            assertThat(found).isNotNull();
            assertThat(enums.raw("select ordinal_colour from ByColour_byOrdinal"))
                    .hasSize(2)
                    .allSatisfy(
                            key -> assertThat(CiphertextHeader.of((byte[]) key)).isNotNull());
            assertThat(enums.raw("select named_colour from ByColour_byName"))
                    .singleElement()
                    .satisfies(
                            key -> assertThat(CiphertextHeader.of((byte[]) key)).isNotNull());
        }
    }

    @Entity(name = "JoinedKeys")
    static class JoinedKeys {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        @MapKeyJoinColumn(name = "target")
        Map<Target, String> values;
    }

    @Entity(name = "JoinedBasicKeys")
    static class JoinedBasicKeys {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        @MapKeyJoinColumn(name = "target")
        Map<String, String> values;
    }

    @Test
    void a_join_column_of_the_keys_is_refused() {
        refused(JoinedKeys.class, "JoinedKeys.values (key)", "@MapKeyJoinColumn", "whose key is an entity");
        refused(JoinedBasicKeys.class, "JoinedBasicKeys.values (key)", "@MapKeyJoinColumn");
    }

    @Test
    void what_has_no_key_of_its_own_is_refused() {
        refused(OnAList.class, "values (key)", "not a map");
        refused(OnAString.class, "value (key)", "not a map");
        refused(OnEntityKeys.class, "values (key)", "an entity");
        refused(OnEmbeddableKeys.class, "values (key)");
    }

    @Entity(name = "JdbcCode")
    static class JdbcCode {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        @MapKeyJdbcTypeCode(SqlTypes.VARCHAR)
        Map<String, String> values;
    }

    @Entity(name = "JavaTyped")
    static class JavaTyped {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        @MapKeyJavaType(StringJavaType.class)
        Map<String, String> values;
    }

    @Entity(name = "Converted")
    static class Converted {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        @Convert(attributeName = "key", converter = Upper.class)
        Map<String, String> values;
    }

    @Entity(name = "DayOnly")
    static class DayOnly {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        @MapKeyTemporal(TemporalType.DATE)
        Map<Date, String> values;
    }

    @Test
    void a_second_type_or_converter_is_refused() {
        refused(JdbcCode.class, "values (key)", "@MapKeyJdbcTypeCode");
        refused(JavaTyped.class, "values (key)", "@MapKeyJavaType");
        refused(Converted.class, "values (key)", "@Convert");
        refused(DayOnly.class, "values (key)", "@MapKeyTemporal");
    }

    @Entity(name = "ByteKeys")
    static class ByteKeys {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        Map<byte[], String> values;
    }

    @Entity(name = "ByteSet")
    static class ByteSet {
        @Id
        Long id;

        @ElementCollection
        @Encrypted(deterministic = true)
        Set<byte[]> values;
    }

    @Entity(name = "ObjectKeys")
    static class ObjectKeys {
        @Id
        Long id;

        @ElementCollection
        @EncryptedKey
        Map<Object, String> values;
    }

    @Test
    void values_that_nobody_finds_again_are_refused() {
        refused(ByteKeys.class, "values (key)", "never equal");
        refused(ByteSet.class, "values", "never equal");
        refused(ObjectKeys.class, "values (key)", "Object");
    }

    @Entity(name = "SoftlyDeleted")
    static class SoftlyDeleted {
        @Id
        Long id;

        @ElementCollection
        @SoftDelete
        @EncryptedKey
        Map<String, String> values;
    }

    @Entity(name = "OwnSql")
    static class OwnSql {
        @Id
        Long id;

        @ElementCollection
        @Encrypted(deterministic = true)
        @SQLDelete(sql = "delete from OwnSql_values where OwnSql_id = ? and \"values\" = ?")
        Set<String> values;
    }

    @Test
    void statements_that_compare_with_one_ciphertext_are_refused() {
        refused(SoftlyDeleted.class, "SoftlyDeleted.values", "@SoftDelete");
        refused(OwnSql.class, "OwnSql.values", "@SQLDelete");
    }

    @Entity(name = "KeyedByAttribute")
    static class KeyedByAttribute {
        @Id
        Long id = 1L;

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "owner")
        @MapKey(name = "ssn")
        Map<String, Target> targets = new HashMap<>();

        @ManyToMany
        @MapKey(name = "ssn")
        Map<String, Target> shared = new HashMap<>();
    }

    @Test
    void a_map_keyed_by_an_encrypted_attribute_of_its_values_is_only_read_from_there() {
        try (TestFactory keyed = TestFactory.h2(KeyedByAttribute.class, Target.class)) {
            Target target = new Target();
            target.id = 5L;
            target.ssn = "123";
            Target other = new Target();
            other.id = 6L;
            other.ssn = "456";
            KeyedByAttribute owner = new KeyedByAttribute();
            owner.targets.putAll(Map.of("123", target, "456", other));
            owner.shared.putAll(Map.of("123", target, "456", other));
            keyed.persist(owner);

            keyed.sessions().inTransaction(session -> {
                KeyedByAttribute found = session.find(KeyedByAttribute.class, 1L);
                assertThat(found.targets).containsOnlyKeys("123", "456");
                assertThat(found.shared).containsOnlyKeys("123", "456");
                found.targets.remove("123");
                found.shared.remove("456");
            });
            keyed.sessions().inTransaction(session -> {
                KeyedByAttribute found = session.find(KeyedByAttribute.class, 1L);
                assertThat(found.targets).containsOnlyKeys("456");
                assertThat(found.shared).containsOnlyKeys("123");
            });
            assertThat(keyed.raw("select ssn from Target"))
                    .allSatisfy(
                            ssn -> assertThat(CiphertextHeader.of((String) ssn)).isNotNull());
        }
    }
}
