package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.ConfigurationException;
import jakarta.persistence.*;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing plain may share a column with an encrypted attribute: its values would be stored there in clear. */
class PlainColumnRefusalTest {

    private static void refused(String plain, Class<?>... entities) {
        ConfigurationException refusal = TestFactory.refusal(entities);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description()).contains("ecret", plain, "in clear");
    }

    @Entity(name = "Real")
    @Table(name = "vault")
    static class Real {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Entity(name = "Shadow")
    @Table(name = "VAULT")
    static class Shadow {
        @Id
        Long id;

        @Column(name = "SECRET")
        String plain;
    }

    @Test
    void an_attribute_of_another_entity_of_the_same_table() {
        refused("Shadow.plain", Real.class, Shadow.class);
    }

    @Entity(name = "Elsewhere")
    @Table(name = "vault", schema = "PUBLIC")
    static class InNamedSchema {
        @Id
        Long id;

        String secret;
    }

    @Test
    void an_attribute_of_the_same_table_in_a_schema_that_only_one_of_them_names() {
        refused("InNamedSchema.secret", Real.class, InNamedSchema.class);
    }

    @Entity(name = "Extended")
    @SecondaryTable(name = "vault")
    static class Extended {
        @Id
        Long id;

        @Column(table = "vault", name = "secret")
        String plain;
    }

    @Test
    void an_attribute_of_a_secondary_table() {
        refused("Extended.plain", Real.class, Extended.class);
    }

    /** Bulk statements write also what is not updatable. */
    @Entity(name = "Mirrored")
    static class Mirrored {
        @Id
        Long id;

        @Encrypted
        String secret;

        @Column(name = "secret", insertable = false, updatable = false)
        String raw;
    }

    @Test
    void an_attribute_that_only_reads_the_column() {
        refused("Mirrored.raw", Mirrored.class);
    }

    @Entity(name = "Top")
    static class Top {
        @Id
        Long id;
    }

    @Entity(name = "One")
    static class One extends Top {
        @Encrypted
        @Column(name = "shared")
        String secret;
    }

    @Entity(name = "Two")
    static class Two extends Top {
        @Column(name = "shared")
        String plain;
    }

    @Test
    void an_attribute_of_a_sibling_in_a_single_table() {
        refused("Two.plain", Top.class, One.class, Two.class);
    }

    @Entity(name = "Base")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Base {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Entity(name = "Derived")
    @Table(name = "derived")
    static class Derived extends Base {}

    @Entity(name = "DerivedShadow")
    @Table(name = "derived")
    static class DerivedShadow {
        @Id
        Long id;

        String secret;
    }

    @Test
    void an_attribute_of_the_table_of_a_subclass_with_a_table_of_its_own() {
        refused("DerivedShadow.secret", Base.class, Derived.class, DerivedShadow.class);
    }

    @Entity(name = "Collecting")
    static class Collecting {
        @Id
        Long id;

        @ElementCollection
        @CollectionTable(name = "vault")
        @Column(name = "secret")
        List<String> plain;
    }

    @Test
    void the_elements_of_a_collection() {
        refused("Collecting.plain", Real.class, Collecting.class);
    }

    @Entity(name = "OtherSchema")
    @Table(name = "vault", schema = "elsewhere")
    static class OtherSchema {
        @Id
        Long id;

        String secret;
    }

    @Entity(name = "RealInSchema")
    @Table(name = "vault", schema = "PUBLIC")
    static class RealInSchema {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Entity(name = "SameValue")
    @Table(name = "vault", schema = "PUBLIC")
    static class SameValue {
        @Id
        Long id;

        @Encrypted(context = "RealInSchema.secret")
        String secret;
    }

    @Test
    void a_table_of_the_same_name_in_another_schema_and_a_second_encrypted_mapping_are_allowed() {
        assertThat(TestFactory.refusal(RealInSchema.class, OtherSchema.class, SameValue.class))
                .isNull();
    }
}
