package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.OptimisticLockType;
import org.hibernate.annotations.OptimisticLocking;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.SourceType;
import org.hibernate.annotations.Type;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;

class MappingRefusalTest {

    @Embeddable
    static class SecretKey implements java.io.Serializable {
        @Encrypted
        String secret;
    }

    @Embeddable
    static class PlainPart {
        String part;
    }

    @Entity(name = "Plain")
    static class Plain {
        @Id
        Long id;
    }

    static class Upper implements AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String value) {
            return value;
        }

        @Override
        public String convertToEntityAttribute(String value) {
            return value;
        }
    }

    private static void refused(Class<?> entity, String... words) {
        refusedAs(entity, entity, words);
    }

    /** @param named the class that the message names, of which the attribute is */
    private static void refusedAs(Class<?> entity, Class<?> named, String... words) {
        ConfigurationException refusal = TestFactory.refusal(entity, Plain.class);
        assertThat(refusal).as("refusal of " + entity.getSimpleName()).isNotNull();
        assertThat(refusal.description()).contains(named.getName() + ".").containsPattern("\\.secrets?\\b");
        assertThat(refusal.getMessage()).contains(words);
        assertThat(refusal.action()).endsWith(".");
    }

    @Entity(name = "Identified")
    static class Identified {
        @Id
        @Encrypted
        String secret;
    }

    @Test
    void an_identifier_is_refused() {
        refused(Identified.class, "identifier");
    }

    @Entity(name = "EmbeddedIdentified")
    static class EmbeddedIdentified {
        @jakarta.persistence.EmbeddedId
        SecretKey key;
    }

    @Test
    void a_part_of_an_embedded_identifier_is_refused() {
        refused(EmbeddedIdentified.class, "identifier");
    }

    @Entity(name = "Versioned")
    static class Versioned {
        @Id
        Long id;

        @Version
        @Encrypted
        Integer secret;
    }

    @Test
    void a_version_is_refused() {
        refused(Versioned.class, "@Version");
    }

    @Entity(name = "Natural")
    static class Natural {
        @Id
        Long id;

        @NaturalId
        @Encrypted
        String secret;
    }

    @Test
    void a_natural_id_is_refused() {
        refused(Natural.class, "@NaturalId");
    }

    @Entity(name = "Unique")
    static class Unique {
        @Id
        Long id;

        @Column(unique = true)
        @Encrypted
        String secret;
    }

    @Test
    void a_unique_column_is_refused() {
        refused(Unique.class, "unique");
    }

    @Entity(name = "UniqueTable")
    @Table(uniqueConstraints = @UniqueConstraint(columnNames = {"name", "secret"}))
    static class UniqueTable {
        @Id
        Long id;

        String name;

        @Encrypted
        String secret;
    }

    @Test
    void a_column_of_a_unique_constraint_is_refused() {
        refused(UniqueTable.class, "unique");
    }

    @Entity(name = "Transformed")
    static class Transformed {
        @Id
        Long id;

        @ColumnTransformer(write = "upper(?)")
        @Encrypted
        String secret;
    }

    @Test
    void a_column_transformer_is_refused() {
        refused(Transformed.class, "@ColumnTransformer");
    }

    @Entity(name = "Generated_")
    static class Generated_ {
        @Id
        Long id;

        @Generated
        @Encrypted
        String secret;
    }

    @Test
    void a_generated_value_is_refused() {
        refused(Generated_.class, "@Generated");
    }

    @Entity(name = "Defaulted")
    static class Defaulted {
        @Id
        Long id;

        @ColumnDefault("'x'")
        @Encrypted
        String secret;
    }

    @Test
    void a_column_default_is_refused() {
        refused(Defaulted.class, "@ColumnDefault");
    }

    @Entity(name = "Defined")
    static class Defined {
        @Id
        Long id;

        @Column(columnDefinition = "varchar(300) default 'x'")
        @Encrypted
        String secret;
    }

    @Test
    void a_default_in_the_column_definition_is_refused() {
        refused(Defined.class, "default");
    }

    @Entity(name = "Stamped")
    static class Stamped {
        @Id
        Long id;

        @CreationTimestamp(source = SourceType.DB)
        @Encrypted
        Instant secret;
    }

    @Test
    void a_timestamp_of_the_database_is_refused() {
        refused(Stamped.class, "@CreationTimestamp");
    }

    @Entity(name = "Converted")
    static class Converted {
        @Id
        Long id;

        @Convert(converter = Upper.class)
        @Encrypted
        String secret;
    }

    @Test
    void a_converter_beside_it_is_refused() {
        refused(Converted.class, "@Convert");
    }

    @Entity(name = "Coded")
    static class Coded {
        @Id
        Long id;

        @JdbcTypeCode(SqlTypes.VARCHAR)
        @Encrypted
        String secret;
    }

    @Test
    void a_jdbc_type_code_beside_it_is_refused() {
        refused(Coded.class, "@JdbcTypeCode");
    }

    @Entity(name = "Daily")
    static class Daily {
        @Id
        Long id;

        @Temporal(TemporalType.DATE)
        @Encrypted
        java.util.Date secret;
    }

    @Test
    void a_day_only_date_is_refused() {
        refused(Daily.class, "@Temporal");
    }

    @Entity(name = "LockedByAll")
    @OptimisticLocking(type = OptimisticLockType.ALL)
    @DynamicUpdate
    static class LockedByAll {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void optimistic_locking_by_all_columns_is_refused() {
        refused(LockedByAll.class, "@OptimisticLocking(ALL)");
    }

    @Entity(name = "LockedByDirty")
    @OptimisticLocking(type = OptimisticLockType.DIRTY)
    @DynamicUpdate
    static class LockedByDirty {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void optimistic_locking_by_dirty_columns_is_refused() {
        refused(LockedByDirty.class, "@OptimisticLocking(DIRTY)");
    }

    @Entity(name = "Partitioned")
    static class Partitioned {
        @Id
        Long id;

        @PartitionKey
        @Encrypted
        String secret;
    }

    @Test
    void a_partition_key_is_refused() {
        refused(Partitioned.class, "@PartitionKey");
    }

    @Entity(name = "InSet")
    static class InSet {
        @Id
        Long id;

        @ElementCollection
        @Encrypted
        Set<String> secret;
    }

    @Test
    void an_element_of_a_set_is_refused() {
        refused(InSet.class, "Set");
    }

    @Entity(name = "EmbeddedInSet")
    static class EmbeddedInSet {
        @Id
        Long id;

        @ElementCollection
        Set<SecretKey> keys;
    }

    @Test
    void an_embeddable_in_a_set_is_refused() {
        refused(EmbeddedInSet.class, "Set");
    }

    @Entity(name = "MapKeyed")
    static class MapKeyed {
        @Id
        Long id;

        @ElementCollection
        Map<SecretKey, String> keys;
    }

    @Test
    void a_map_key_of_an_embeddable_is_refused() {
        refused(MapKeyed.class, "key of a Map");
    }

    @Entity(name = "Associated")
    static class Associated {
        @Id
        Long id;

        @ManyToOne
        @Encrypted
        Plain secret;
    }

    @Test
    void an_association_is_refused() {
        refused(Associated.class, "@Encrypted");
    }

    @Entity(name = "Embedding")
    static class Embedding {
        @Id
        Long id;

        @Embedded
        @Encrypted
        PlainPart secret;
    }

    @Test
    void an_embedded_object_is_refused() {
        refused(Embedding.class, "@Encrypted");
    }

    @Entity(name = "FieldAnnotated")
    static class FieldAnnotated {
        private Long id;

        @Encrypted
        private String secret;

        @Id
        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        public String getSecret() {
            return secret;
        }

        public void setSecret(String secret) {
            this.secret = secret;
        }
    }

    @Test
    void an_annotation_on_a_field_of_an_entity_mapped_by_getters_is_refused() {
        refused(FieldAnnotated.class, "does not see", "in clear");
    }

    @Entity(name = "GetterAnnotated")
    static class GetterAnnotated {
        @Id
        Long id;

        private String secret;

        @Encrypted
        public String getSecret() {
            return secret;
        }
    }

    @Test
    void an_annotation_on_a_getter_of_an_entity_mapped_by_fields_is_refused() {
        refused(GetterAnnotated.class, "does not see", "in clear");
    }

    @Entity(name = "Aggregated")
    static class Aggregated {
        @Id
        Long id;

        @Embedded
        @JdbcTypeCode(SqlTypes.JSON)
        SecretKey secret;
    }

    @Test
    void an_embeddable_stored_as_one_json_column_is_refused() {
        ConfigurationException refusal =
                TestFactory.refusal(TestDatabase.POSTGRESQL.fresh(), Map.of(), Aggregated.class);

        assertThat(refusal).isNotNull();
        assertThat(refusal.description()).contains("secret.secret", "one column");
    }

    @Entity(name = "Bare")
    static class Bare {
        @Id
        Long id;

        @Type(EncryptedUserType.class)
        String secret;
    }

    @Test
    void a_type_named_without_the_annotation_is_refused() {
        refused(Bare.class, "without the annotation");
    }

    @Entity(name = "Padded")
    static class Padded {
        @Id
        Long id;

        @Encrypted(padTo = 16)
        Long secret;
    }

    @Test
    void padding_of_a_type_of_fixed_width_is_refused() {
        refused(Padded.class, "padTo");
    }

    @Entity(name = "Negative")
    static class Negative {
        @Id
        Long id;

        @Encrypted(padTo = -1)
        String secret;
    }

    @Test
    void a_negative_padding_is_refused() {
        refused(Negative.class, "padTo");
    }

    @Entity(name = "Objects_")
    static class Objects_ {
        @Id
        Long id;

        @Encrypted
        Object secret;
    }

    @Test
    void an_object_is_refused() {
        refused(Objects_.class, "java.lang.Object");
    }

    @Entity(name = "Interfaced")
    static class Interfaced {
        @Id
        Long id;

        @Encrypted
        Comparable<String> secret;
    }

    @Test
    void an_interface_is_refused() {
        refused(Interfaced.class, "java.lang.Comparable");
    }

    @Entity(name = "SqlDated")
    static class SqlDated {
        @Id
        Long id;

        @Encrypted
        java.sql.Date secret;
    }

    @Test
    void a_java_sql_date_is_refused() {
        refused(SqlDated.class, "java.sql.Date", "LocalDate");
    }

    @Entity(name = "SqlStamped")
    static class SqlStamped {
        @Id
        Long id;

        @Encrypted
        java.sql.Timestamp secret;
    }

    @Test
    void a_java_sql_timestamp_is_refused() {
        refused(SqlStamped.class, "java.sql.Timestamp");
    }

    @Entity(name = "Blobbed")
    static class Blobbed {
        @Id
        Long id;

        @Encrypted
        java.sql.Blob secret;
    }

    @Test
    void a_blob_is_refused() {
        refused(Blobbed.class, "java.sql.Blob", "byte[]");
    }

    @Entity(name = "WrappedBytes")
    static class WrappedBytes {
        @Id
        Long id;

        @Encrypted
        Byte[] secret;
    }

    @Test
    void an_array_of_wrapped_bytes_is_refused() {
        refused(WrappedBytes.class, "Byte", "byte[]");
    }

    @Entity(name = "AllowedNumber")
    static class AllowedNumber {
        @Id
        Long id;

        @Encrypted(plaintext = PlaintextMode.ALLOW)
        Long secret;
    }

    @Test
    void allowed_plaintext_of_a_type_with_another_column_is_refused() {
        refused(AllowedNumber.class, "plaintext = ALLOW");
    }

    @Entity(name = "AllowedBinary")
    static class AllowedBinary {
        @Id
        Long id;

        @Encrypted(plaintext = PlaintextMode.ALLOW, storage = Storage.BINARY)
        String secret;
    }

    @Test
    void allowed_plaintext_of_a_string_in_a_binary_column_is_refused() {
        refused(AllowedBinary.class, "plaintext = ALLOW");
    }

    @Entity(name = "Formulated")
    static class Formulated {
        @Id
        Long id;

        @org.hibernate.annotations.Formula("1")
        @Encrypted
        String secret;
    }

    @Test
    void a_formula_is_refused() {
        refused(Formulated.class, "@Formula");
    }

    static class Key implements java.io.Serializable {
        Long id;
        String secret;
    }

    @Entity(name = "IdClassed")
    @IdClass(Key.class)
    static class IdClassed {
        @Id
        Long id;

        @Id
        @Encrypted
        String secret;
    }

    @Test
    void a_part_of_an_id_class_is_refused() {
        refusedAs(IdClassed.class, Key.class, "identifier");
    }

    @Entity(name = "UniquelyIndexed")
    @Table(indexes = @Index(columnList = "secret", unique = true))
    static class UniquelyIndexed {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void a_column_of_a_unique_index_is_refused() {
        refused(UniquelyIndexed.class, "unique");
    }
}
