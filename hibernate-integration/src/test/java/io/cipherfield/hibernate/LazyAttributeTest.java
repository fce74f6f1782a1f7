package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities that Hibernate's bytecode enhancement has changed: lazy attributes, and changes that the entity itself notes. */
class LazyAttributeTest {

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final EnhancingClassLoader loader =
            new EnhancingClassLoader(LetterFields.class, WholeLetter.class, ChangedLetter.class);
    private TestFactory factory;

    @BeforeEach
    void start() throws ReflectiveOperationException {
        factory = TestFactory.loadedBy(
                loader,
                TestDatabase.H2.fresh(),
                Map.of("hibernate.session_factory.statement_inspector", (StatementInspector) sql -> {
                    statements.add(sql);
                    return sql;
                }),
                loader.enhanced(WholeLetter.class),
                loader.enhanced(ChangedLetter.class));
        factory.persist(instance(WholeLetter.class), instance(ChangedLetter.class));
        statements.clear();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private Object instance(Class<?> entity) throws ReflectiveOperationException {
        var constructor = loader.enhanced(entity).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private void change(String entity, Consumer<Letter> change) {
        factory.sessions()
                .inTransaction(
                        session -> change.accept((Letter) session.createSelectionQuery("from " + entity, Object.class)
                                .getSingleResult()));
    }

    private Object raw(String entity, String column) {
        return factory.raw("select " + column + " from " + entity).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Whole", "Changed"})
    void what_is_not_read_is_not_fetched_and_an_update_leaves_it_alone(String entity) {
        Object body = raw(entity, "body");
        Object seal = raw(entity, "seal");
        assertThat(CiphertextHeader.of((String) body)).isNotNull();
        assertThat(CiphertextHeader.of((byte[]) seal)).isNotNull();

        change(entity, letter -> letter.name("other"));

        assertThat(statements).hasSize(2).noneMatch(sql -> sql.contains("body") || sql.contains("seal"));
        assertThat(raw(entity, "body")).isEqualTo(body);
        assertThat(raw(entity, "seal")).isEqualTo(seal);
        change(entity, letter -> {
            assertThat(letter.name()).isEqualTo("other");
            assertThat(letter.body()).isEqualTo("body");
            assertThat(letter.seal()).containsExactly(1, 2, 3);
        });
        statements.clear();
        change(entity, letter -> assertThat(letter.body()).isEqualTo("body"));
        assertThat(statements).as("reading writes nothing").noneMatch(sql -> sql.startsWith("update"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Whole", "Changed"})
    void a_value_that_cannot_be_decrypted_fails_when_it_is_read_and_stays_as_it_is(String entity) {
        factory.execute("update " + entity + " set body = substr(body, 1, 8) || 'AAAA' || substr(body, 13)");
        Object tampered = raw(entity, "body");

        change(entity, letter -> letter.name("beside it"));
        assertThat(raw(entity, "body")).isEqualTo(tampered);

        factory.sessions().inTransaction(session -> {
            Letter letter = (Letter)
                    session.createSelectionQuery("from " + entity, Object.class).getSingleResult();
            assertThatExceptionOfType(EncryptedAttributeException.class)
                    .isThrownBy(letter::body)
                    .withMessageContaining(".body");
            letter.name("after it");
        });
        assertThat(raw(entity, "body")).isEqualTo(tampered);
        change(entity, letter -> assertThat(letter.name()).isEqualTo("after it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Whole", "Changed"})
    void a_lazy_value_that_is_set_without_being_read_is_encrypted(String entity) {
        change(entity, letter -> letter.body("new body"));

        assertThat(CiphertextHeader.of((String) raw(entity, "body"))).isNotNull();
        change(entity, letter -> assertThat(letter.body()).isEqualTo("new body"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Whole", "Changed"})
    void a_change_in_place_is_seen_though_no_setter_was_called(String entity) {
        change(entity, letter -> letter.stamp()[0] = 9);
        change(entity, letter -> letter.seal()[1] = 8);

        change(entity, letter -> {
            assertThat(letter.stamp()).containsExactly(9, 5, 6);
            assertThat(letter.seal()).containsExactly(1, 8, 3);
        });
        assertThat(CiphertextHeader.of((byte[]) raw(entity, "stamp"))).isNotNull();
        assertThat(CiphertextHeader.of((byte[]) raw(entity, "seal"))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void on_each_database_a_lazy_value_comes_back(TestDatabase database) throws ReflectiveOperationException {
        try (TestFactory other =
                TestFactory.loadedBy(loader, database.fresh(), Map.of(), loader.enhanced(WholeLetter.class))) {
            other.persist(instance(WholeLetter.class));

            assertThat(CiphertextHeader.of(
                            (String) other.raw("select body from Whole").get(0)))
                    .isNotNull();
            other.sessions().inTransaction(session -> {
                Letter letter = (Letter)
                        session.createSelectionQuery("from Whole", Object.class).getSingleResult();
                assertThat(letter.body()).isEqualTo("body");
                assertThat(letter.seal()).containsExactly(1, 2, 3);
            });
        }
    }
}
