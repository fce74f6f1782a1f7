package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.envers.Audited;
import org.hibernate.envers.NotAudited;
import org.junit.jupiter.api.Test;

/** An encrypted column that something else maps too, without encryption. */
class SharedColumnTest {

    private static void refused(String column, String attribute, String other, Class<?>... entities) {
        ConfigurationException refusal =
                TestFactory.refusal(TestDatabase.H2.fresh(), Map.of("cipherfield.plaintext", "allow"), entities);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description())
                .contains("SharedColumnTest$" + attribute + " cannot be encrypted")
                .contains("its column " + column + " is also that of ")
                .contains("SharedColumnTest$" + other + ",");
        assertThat(refusal.action()).contains("column of its own");
    }

    @Entity(name = "Document")
    @Table(name = "document")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    static class Document {
        @Id
        Long id = 1L;
    }

    @Entity(name = "Letter")
    static class Letter extends Document {
        @Encrypted
        @Column(name = "val")
        String val;
    }

    @Entity(name = "Poster")
    static class Poster extends Document {
        @Column(name = "VAL")
        String text;
    }

    @Test
    void a_sibling_of_a_single_table_hierarchy_with_the_same_column_in_clear_is_refused() {
        refused("document.val", "Letter.val", "Poster.text", Document.class, Letter.class, Poster.class);
    }

    @Entity(name = "Owner")
    @Table(name = "shared")
    static class Owner {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Entity(name = "Stranger")
    @Table(name = "shared", schema = "PUBLIC")
    static class Stranger {
        @Id
        Long id;

        @Column(name = "\"SECRET\"")
        String raw;
    }

    @Entity(name = "Neighbour")
    @Table(name = "Shared")
    static class Neighbour {
        @Id
        Long id;

        String secret;
    }

    @Test
    void an_entity_on_the_same_table_with_the_column_in_clear_is_refused() {
        refused("shared.secret", "Owner.secret", "Neighbour.secret", Owner.class, Neighbour.class);
    }

    @Test
    void so_it_is_if_it_names_the_default_schema_or_quotes_the_column() {
        ConfigurationException refusal = TestFactory.refusal(
                TestDatabase.H2.fresh(), Map.of("hibernate.default_schema", "PUBLIC"), Owner.class, Stranger.class);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description()).contains("Owner.secret", "Stranger.raw");
    }

    @Entity(name = "Doubled")
    @Table(name = "doubled")
    static class Doubled {
        @Id
        Long id;

        @Encrypted
        @Column(name = "s")
        String secret;

        @Column(name = "s", insertable = false, updatable = false)
        String raw;
    }

    @Test
    void a_second_attribute_that_only_reads_the_column_is_refused() {
        refused("doubled.s", "Doubled.secret", "Doubled.raw", Doubled.class);
    }

    @Embeddable
    static class Part {
        String name = "name";

        @Encrypted
        String secret = "secret";
    }

    @Embeddable
    static class PlainPart {
        @Column(name = "secret", insertable = false, updatable = false)
        String raw;
    }

    @Entity(name = "Parted")
    @Table(name = "parted")
    static class Parted {
        @Id
        Long id;

        @Embedded
        Part part;

        @Embedded
        PlainPart plain;
    }

    @Test
    void an_embeddable_that_reads_the_column_is_refused() {
        refused("parted.secret", "Parted.part.secret", "Parted.plain.raw", Parted.class);
    }

    @Entity(name = "Listed")
    static class Listed {
        @Id
        Long id;

        @ElementCollection
        @CollectionTable(name = "elements")
        @Column(name = "element")
        @Encrypted
        List<String> secrets;
    }

    @Entity(name = "Row")
    @Table(name = "elements")
    static class Row {
        @Id
        Long id;

        String element;
    }

    @Test
    void an_entity_on_a_collection_table_is_refused() {
        refused("elements.element", "Listed.secrets", "Row.element", Listed.class, Row.class);
    }

    @Entity(name = "Kind")
    @Table(name = "kinds")
    @Inheritance
    @DiscriminatorColumn(name = "kind")
    static class Kind {
        @Id
        Long id;

        @Encrypted
        @Column(name = "kind", insertable = false, updatable = false)
        String secret;
    }

    @Test
    void a_discriminator_is_refused() {
        refused("kinds.kind", "Kind.secret", "Kind (discriminator)", Kind.class);
    }

    @Entity(name = "Shape")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class Shape {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Entity(name = "Circle")
    @Table(name = "circle")
    static class Circle extends Shape {}

    @Entity(name = "PlainCircle")
    @Table(name = "circle")
    static class PlainCircle {
        @Id
        Long id;

        String secret;
    }

    @Test
    void an_entity_on_a_table_with_an_inherited_column_is_refused() {
        refused("circle.secret", "Circle.secret", "PlainCircle.secret", Shape.class, Circle.class, PlainCircle.class);
    }

    @Entity(name = "Marked")
    @Table(name = "marked")
    @SoftDelete(columnName = "gone")
    static class Marked {
        @Id
        Long id;

        @Encrypted
        @Column(name = "gone", insertable = false, updatable = false)
        Boolean secret;
    }

    @Test
    void a_mark_of_deleted_rows_is_refused() {
        refused("marked.gone", "Marked.secret", "Marked (@SoftDelete)", Marked.class);
    }

    @MappedSuperclass
    abstract static class Stamped {
        @Id
        Long id = 1L;

        @Encrypted
        String stamp = "stamp";
    }

    @Entity(name = "Person")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    @Audited
    static class Person extends Stamped {
        @Encrypted
        String secret = "secret";

        @NotAudited
        @Formula("secret")
        String formula;

        String name = "name";
    }

    @Entity(name = "Doctor")
    @Audited
    static class Doctor extends Person {
        @Encrypted(context = "Staff.number")
        @Column(name = "staff_number")
        String number = "1";

        @Embedded
        @AttributeOverride(name = "name", column = @Column(name = "home_name"))
        @AttributeOverride(name = "secret", column = @Column(name = "home_secret"))
        Part home = new Part();

        @Embedded
        @AttributeOverride(name = "name", column = @Column(name = "work_name"))
        @AttributeOverride(name = "secret", column = @Column(name = "work_secret"))
        Part work = new Part();
    }

    @Entity(name = "Nurse")
    @Audited
    static class Nurse extends Person {
        @Encrypted(context = "Staff.number")
        @Column(name = "staff_number")
        String number = "2";
    }

    @Entity(name = "Animal")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Animal extends Stamped {
        @Encrypted
        String secret = "secret";
    }

    @Entity(name = "Dog")
    static class Dog extends Animal {
        @Column(name = "secret")
        String plain = "a column of the same name in another table";
    }

    @Entity(name = "Square")
    static class Square extends Shape {
        {
            id = 1L;
            secret = "secret";
        }
    }

    @Entity(name = "Holder")
    static class Holder extends Stamped {
        @ElementCollection
        List<Part> parts = new ArrayList<>(List.of(new Part()));

        @OneToMany
        @JoinColumn(name = "holder_id")
        @MapKey(name = "name")
        Map<String, Person> persons;
    }

    @Test
    void inheritance_embeddables_and_audit_tables_that_repeat_an_attribute_start() {
        try (TestFactory factory = TestFactory.h2(
                Person.class,
                Doctor.class,
                Nurse.class,
                Animal.class,
                Dog.class,
                Shape.class,
                Circle.class,
                Square.class,
                Holder.class)) {
            factory.persist(new Doctor(), new Dog(), new Square(), new Holder());

            assertThat(factory.find(Person.class, 1L).secret).isEqualTo("secret");
            assertThat(factory.find(Doctor.class, 1L).number).isEqualTo("1");
            assertThat(factory.find(Dog.class, 1L).stamp).isEqualTo("stamp");
            assertThat(factory.find(Shape.class, 1L).secret).isEqualTo("secret");
        }
    }
}
