package io.cipherfield.hibernate.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.annotations.AttributeBinderType;
import org.hibernate.binder.AttributeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.cfg.Configuration;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the columns and the checks at start rely on. */
class HibernateStillMappingTest {

    @AttributeBinderType(binder = LongBinder.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Long777 {}

    public static final class LongBinder implements AttributeBinder<Long777> {

        static final List<String> BOUND = new ArrayList<>();

        @Override
        public void bind(
                Long777 annotation, MetadataBuildingContext context, PersistentClass owner, Property property) {
            BOUND.add(property.getName() + " of " + (owner == null ? null : owner.getEntityName()));
            property.getValue().getColumns().forEach(column -> column.setLength(777L));
        }
    }

    @Embeddable
    static class Item {
        @Long777
        String label = "label";
    }

    @Entity(name = "Sheet")
    static class Sheet {
        @Id
        Long id = 1L;

        @Long777
        String text = "text";

        String unnamed = "unnamed";

        @Column(name = "other")
        String named = "named";

        @ElementCollection
        Set<Item> items = new HashSet<>();
    }

    @BeforeEach
    void clear() {
        LongBinder.BOUND.clear();
    }

    private static List<Object> length(ProbeFactory factory, String table, String column) {
        return factory.raw("select character_maximum_length from information_schema.columns where lower(table_name) = '"
                + table + "' and lower(column_name) = '" + column + "'");
    }

    @Test
    void hibernate_still_lets_a_binder_give_the_column_s_length_before_it_makes_the_table() {
        try (ProbeFactory factory = new ProbeFactory(Sheet.class)) {
            assertThat(length(factory, "sheet", "text"))
                    .as("EncryptedColumnBinder makes columns as long as the ciphertext")
                    .containsExactly(777L);
            assertThat(length(factory, "sheet_items", "label")).containsExactly(777L);
        }
    }

    @Test
    void hibernate_still_gives_the_binder_no_entity_in_an_embeddable_of_a_collection() {
        try (ProbeFactory factory = new ProbeFactory(Sheet.class)) {
            assertThat(LongBinder.BOUND)
                    .as("EncryptedColumnBinder does without the entity")
                    .contains("text of " + Sheet.class.getName(), "label of null");
        }
    }

    @Test
    void hibernate_still_gives_a_column_255_characters_where_nothing_is_said() {
        try (ProbeFactory factory = new ProbeFactory(Sheet.class)) {
            assertThat(length(factory, "sheet", "unnamed"))
                    .as("EncryptedColumnBinder takes the same for the plaintext")
                    .containsExactly(255L);
            assertThat(length(factory, "sheet", "other")).containsExactly(255L);
        }
    }

    @Test
    void hibernate_still_accepts_a_column_that_is_too_short_when_it_validates() throws SQLException {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table Sheet (id bigint primary key, text varchar(5), unnamed varchar(5),"
                    + " other varchar(5))");
            statement.execute("create table Sheet_items (Sheet_id bigint, label varchar(5))");
        }

        assertThatCode(() ->
                        new ProbeFactory(database, Map.of("hibernate.hbm2ddl.auto", "validate"), Sheet.class).close())
                .as("the check of the columns at start is there for that reason")
                .doesNotThrowAnyException();
    }

    @Entity(name = "Validated")
    static class Validated {
        @Id
        Long id = 1L;

        @Long777
        @Size(max = 10)
        String text = "text";
    }

    @Test
    void hibernate_still_lets_bean_validation_declare_a_length_after_the_binders() {
        try (ProbeFactory factory = new ProbeFactory(
                TestDatabase.H2.fresh(), Map.of("jakarta.persistence.validation.mode", "ddl"), Validated.class)) {
            assertThat(length(factory, "validated", "text"))
                    .as(
                            "EncryptedColumnBinder.redeclare makes it as long as the ciphertext again, and MappingCheck calls that")
                    .containsExactly(10L);
        }
    }

    @Test
    void hibernate_still_tells_an_observer_when_the_tables_are_there_and_stops_if_it_throws() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        List<SessionFactory> made = new ArrayList<>();
        Configuration configuration = new Configuration().addAnnotatedClass(Sheet.class);
        configuration.getProperties().putAll(database.settings());
        configuration.setSessionFactoryObserver(new SessionFactoryObserver() {
            @Override
            public void sessionFactoryCreated(SessionFactory factory) {
                made.add(factory);
                factory.inSession(session -> assertThat(session.createSelectionQuery("from Sheet", Sheet.class)
                                .list())
                        .isEmpty());
                throw new IllegalStateException("stop");
            }
        });

        assertThatThrownBy(configuration::buildSessionFactory)
                .as("StartupCheck stops the start there")
                .hasStackTraceContaining("stop");
        assertThat(made).singleElement().matches(SessionFactory::isClosed);
    }
}
