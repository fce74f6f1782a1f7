package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hibernate 7 wraps what a converter throws, and adds its own words: the error must be found in it, once, and without the value. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversionErrorsTest {

    private static final String TOO_LONG = "needle-that-is-too-long-for-its-column";

    @Entity(name = "Item")
    static class Item {
        @Id
        Long id;

        @Encrypted
        @Column(length = 20)
        String secret = "secret";

        @Encrypted(deterministic = true)
        @Column(length = 20)
        String tax = "tax";

        @ElementCollection
        @Column(length = 20)
        @Encrypted
        List<String> notes = new ArrayList<>(List.of("note"));

        Item() {}

        Item(long id) {
            this.id = id;
        }
    }

    private final TestDatabase.Fresh database = TestDatabase.H2.fresh();
    private TestFactory factory;

    @BeforeAll
    void start() {
        try (TestFactory before =
                TestFactory.on(database, Map.of(Setting.KEY.property(), TestFactory.OTHER_KEY), Item.class)) {
            before.persist(new Item(1));
        }
        factory = TestFactory.on(
                database,
                Map.of("hibernate.hbm2ddl.auto", "none", Setting.STARTUP_CHECK.property(), "off"),
                Item.class);
    }

    @AfterAll
    void stop() {
        factory.close();
    }

    private static Arguments named(String attribute, Consumer<Session> work) {
        return Arguments.of(attribute, work);
    }

    static Stream<Arguments> reads() {
        return Stream.of(
                named("Item.secret", session -> session.find(Item.class, 1L)),
                named(
                        "Item.secret",
                        session -> session.createSelectionQuery("from Item", Item.class)
                                .list()),
                named(
                        "Item.secret",
                        session -> session.createSelectionQuery("select i.secret from Item i", String.class)
                                .list()),
                named(
                        "Item.tax",
                        session -> session.createSelectionQuery("select i.id, i.tax from Item i", Object[].class)
                                .list()),
                named(
                        "Item.notes",
                        session -> session.createSelectionQuery("select n from Item i join i.notes n", String.class)
                                .list()),
                named(
                        "Item.secret",
                        session -> session.createNativeQuery("select * from Item", Item.class)
                                .list()));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void a_failed_read_throws_the_error_itself(String attribute, Consumer<Session> read) {
        Throwable thrown = catchThrowable(() -> factory.sessions().inSession(read::accept));

        assertThat(thrown).isInstanceOf(EncryptedAttributeException.class);
        assertThat(thrown.getMessage()).contains(attribute);
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                named("Item.secret", session -> {
                    Item item = new Item(2);
                    item.secret = TOO_LONG;
                    session.persist(item);
                    session.flush();
                }),
                named("Item.notes", session -> {
                    Item item = new Item(2);
                    item.notes.add(TOO_LONG);
                    session.persist(item);
                    session.flush();
                }),
                named(
                        "Item.secret",
                        session -> session.createMutationQuery("update Item set secret = :p")
                                .setParameter("p", TOO_LONG)
                                .executeUpdate()),
                named(
                        "Item.secret",
                        session -> session.createMutationQuery("insert into Item (id, secret) values (3, :p)")
                                .setParameter("p", TOO_LONG)
                                .executeUpdate()),
                named(
                        "Item.tax",
                        session -> session.createSelectionQuery("select i.id from Item i where i.tax = :p", Long.class)
                                .setParameter("p", TOO_LONG)
                                .list()),
                named(
                        "Item.tax",
                        session -> session.createSelectionQuery(
                                        "select i.id from Item i where i.tax in (:p)", Long.class)
                                .setParameterList("p", List.of("tax", TOO_LONG))
                                .list()));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_value_that_cannot_be_encrypted_is_named_by_its_attribute_and_shown_nowhere(
            String attribute, Consumer<Session> write) {
        Throwable thrown = catchThrowable(() -> factory.sessions().inTransaction(write::accept));

        List<Throwable> chain = Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .toList();
        assertThat(chain)
                .filteredOn(cause -> cause instanceof EncryptedAttributeException)
                .singleElement()
                .satisfies(error ->
                        assertThat(error.getMessage()).contains(attribute).contains("allows 20"));
        assertThat(chain).allSatisfy(cause -> assertThat(cause.toString()).doesNotContain(TOO_LONG));
        assertThat(factory.raw("select id from Item")).hasSize(1);
    }
}
