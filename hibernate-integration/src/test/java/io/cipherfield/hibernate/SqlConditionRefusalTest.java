package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.ConfigurationException;
import jakarta.persistence.*;
import java.util.List;
import org.hibernate.annotations.Check;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.SQLRestriction;
import org.junit.jupiter.api.Test;

/** SQL in the mapping is the database's to answer, which knows the ciphertext only. */
class SqlConditionRefusalTest {

    private static void refused(String attribute, String annotation, Class<?>... entities) {
        ConfigurationException refusal = TestFactory.refusal(entities);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description()).contains(attribute, annotation);
        assertThat(refusal.action()).endsWith(".");
    }

    @Entity(name = "Restricted")
    @SQLRestriction("{alias}.SECRET <> 'x'")
    static class Restricted {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void a_restriction_that_compares_it_is_refused() {
        refused("Restricted.secret", "@SQLRestriction", Restricted.class);
    }

    @Entity(name = "Deterministic")
    @SQLRestriction("length(`code`) > 2")
    static class Deterministic {
        @Id
        Long id;

        @Encrypted(deterministic = true)
        @Column(name = "code")
        String secret;
    }

    @Test
    void also_a_deterministic_one() {
        refused("Deterministic.secret", "@SQLRestriction", Deterministic.class);
    }

    @Entity(name = "Filtered")
    @FilterDef(name = "own", parameters = @ParamDef(name = "p", type = String.class))
    @Filter(name = "own", condition = "secret = :p")
    static class Filtered {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void a_filter_that_compares_it_is_refused() {
        refused("Filtered.secret", "@Filter", Filtered.class);
    }

    @Entity(name = "FilteredByDefault")
    @FilterDef(
            name = "usual",
            parameters = @ParamDef(name = "p", type = String.class),
            defaultCondition = "secret like :p")
    @Filter(name = "usual")
    static class FilteredByDefault {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void a_filter_whose_default_condition_compares_it_is_refused() {
        refused("FilteredByDefault.secret", "@Filter", FilteredByDefault.class);
    }

    @Entity(name = "Parent")
    static class Parent {
        @Id
        Long id;

        @OneToMany
        @JoinColumn(name = "parent")
        @SQLRestriction("secret > 'a'")
        List<Child> children;
    }

    @Entity(name = "Child")
    static class Child {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void a_collection_restricted_by_an_attribute_of_its_entities_is_refused() {
        refused("Child.secret", "@SQLRestriction", Parent.class, Child.class);
    }

    @Entity(name = "Worded")
    static class Worded {
        @Id
        Long id;

        @ElementCollection
        @Encrypted
        @Column(name = "word")
        @SQLRestriction("word <> ''")
        List<String> words;
    }

    @Test
    void a_collection_restricted_by_its_elements_is_refused() {
        refused("Worded.words", "@SQLRestriction", Worded.class);
    }

    @Entity(name = "Checked")
    static class Checked {
        @Id
        Long id;

        @Encrypted
        @Check(constraints = "length(secret) > 3")
        String secret;
    }

    @Test
    void a_check_of_the_attribute_is_refused() {
        refused("Checked.secret", "@Check", Checked.class);
    }

    @Entity(name = "CheckedTable")
    @Check(constraints = "id > 0 and secret <> 'x'")
    static class CheckedTable {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Test
    void a_check_of_the_table_is_refused() {
        refused("CheckedTable.secret", "@Check", CheckedTable.class);
    }

    @Entity(name = "Other")
    static class Other {
        @Id
        Long id;

        String secret;
    }

    @Entity(name = "Harmless")
    @Check(constraints = "id > 0 or secret is not null")
    @SQLRestriction("status <> 'it''s secret' and secret is not null and secretary = 'x'"
            + " and not exists (select 1 from Other o where o.secret = 'y')")
    @FilterDef(name = "named", parameters = @ParamDef(name = "secret", type = String.class))
    @Filter(name = "named", condition = "status = :secret or SECRET IS NULL")
    static class Harmless {
        @Id
        Long id = 1L;

        String status = "open";

        String secretary = "x";

        @Encrypted
        String secret = "secret";
    }

    @Test
    void conditions_that_only_ask_whether_it_is_null_or_name_something_else_start_and_work() {
        try (TestFactory factory = TestFactory.h2(Harmless.class, Other.class)) {
            factory.persist(new Harmless());

            assertThat(factory.find(Harmless.class, 1L).secret).isEqualTo("secret");
            factory.sessions().inTransaction(session -> {
                session.enableFilter("named").setParameter("secret", "open");
                assertThat(session.createSelectionQuery("from Harmless", Harmless.class)
                                .getResultList())
                        .hasSize(1);
            });
        }
    }
}
