package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.ConfigurationException;
import jakarta.persistence.*;
import java.io.Serializable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceRefusalTest {

    private static void refused(String word, Class<?>... entities) {
        ConfigurationException refusal = TestFactory.refusal(entities);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description()).contains("ecret", word);
    }

    @Entity(name = "Referred")
    static class Referred implements Serializable {
        @Id
        Long id;

        @Encrypted
        String secret;

        @ManyToOne
        Orders owner;
    }

    @Entity(name = "Orders")
    static class Orders {
        @Id
        Long id;
    }

    @Entity(name = "Referring")
    static class Referring {
        @Id
        Long id;

        @ManyToOne
        @JoinColumn(name = "ref", referencedColumnName = "secret")
        Referred referred;
    }

    @Test
    void a_column_that_a_foreign_key_refers_to_is_refused() {
        refused("", Referring.class, Referred.class, Orders.class);
    }

    @Entity(name = "OrderedOwner")
    static class OrderedOwner {
        @Id
        Long id;

        @OneToMany
        @OrderBy("secret desc, id")
        List<Referred> children;
    }

    @Test
    void an_association_ordered_by_it_is_refused() {
        refused("is ordered by it", OrderedOwner.class, Referred.class, Orders.class);
    }

    @Entity(name = "ManyOwner")
    static class ManyOwner {
        @Id
        Long id;

        @ManyToMany
        @OrderBy("secret")
        List<Referred> children;
    }

    @Test
    void a_many_to_many_association_ordered_by_it_is_refused() {
        refused("is ordered by it", ManyOwner.class, Referred.class, Orders.class);
    }

    @Entity(name = "OrderedElements")
    static class OrderedElements {
        @Id
        Long id;

        @ElementCollection
        @OrderBy
        @Encrypted
        List<String> secrets;
    }

    @Test
    void elements_ordered_by_themselves_are_refused() {
        refused("is ordered by it", OrderedElements.class);
    }

    @Embeddable
    static class Part {
        String name;

        @Encrypted
        String secret;
    }

    @Entity(name = "OrderedParts")
    static class OrderedParts {
        @Id
        Long id;

        @ElementCollection
        @OrderBy("name, secret")
        List<Part> parts;
    }

    @Test
    void embeddables_ordered_by_it_are_refused() {
        refused("is ordered by it", OrderedParts.class);
    }

    @Entity(name = "SqlOrdered")
    static class SqlOrdered {
        @Id
        Long id;

        @ElementCollection
        @org.hibernate.annotations.SQLOrder("secret desc")
        List<Part> parts;
    }

    @Test
    void a_collection_ordered_by_its_column_in_sql_is_refused() {
        refused("is ordered by it", SqlOrdered.class);
    }

    @Entity(name = "NameOrdered")
    static class NameOrdered {
        @Id
        Long id;

        @ElementCollection
        @OrderBy("name")
        List<Part> parts;

        @ElementCollection
        @OrderColumn
        @Encrypted
        List<String> secrets;
    }

    @Test
    void an_order_by_another_attribute_starts() {
        assertThat(TestFactory.refusal(NameOrdered.class)).isNull();
    }

    @Entity(name = "IndexedOwner")
    static class IndexedOwner {
        @Id
        Long id;

        @OneToMany
        @JoinColumn(name = "owner_id")
        @OrderColumn(name = "position")
        List<IndexedChild> children;
    }

    @Entity(name = "IndexedChild")
    static class IndexedChild {
        @Id
        Long id;

        @Column(name = "position", insertable = false, updatable = false)
        @Encrypted
        Integer secret;
    }

    @Test
    void an_order_column_that_is_encrypted_is_refused() {
        refused("is ordered by it", IndexedOwner.class, IndexedChild.class);
    }
}
