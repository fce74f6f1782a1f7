package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shape of statement over each kind of attribute: it gives what it gives over an unencrypted attribute with the same values,
 * or it is refused by name before any SQL. No query lies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixTest {

    private static final String READ_BACK = "select e.id, e.name, e.{set} from {E} e";

    private final Map<TestDatabase, MatrixDatabase> databases = new EnumMap<>(TestDatabase.class);

    @AfterAll
    void stop() {
        databases.values().forEach(MatrixDatabase::close);
    }

    static Stream<Matrix.Shape> shapes() {
        return Matrix.read().shapes().stream().filter(shape -> Matrix.SEVEN || !shape.since7());
    }

    static Stream<Matrix.Shape> workingShapes() {
        return shapes().filter(shape ->
                Arrays.stream(Kind.values()).anyMatch(kind -> shape.outcome(kind) == Matrix.Outcome.WORKS));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void every_cell_is_as_the_table_says(Matrix.Shape shape) {
        assertAll(Arrays.stream(Kind.values()).map(kind -> cell(on(TestDatabase.H2), shape, kind)));
    }

    @ParameterizedTest
    @MethodSource("workingShapes")
    void what_works_on_h2_works_on_postgresql(Matrix.Shape shape) {
        assertAll(works(on(TestDatabase.POSTGRESQL), shape));
    }

    @ParameterizedTest
    @MethodSource("workingShapes")
    void what_works_on_h2_works_on_mariadb(Matrix.Shape shape) {
        assertAll(works(on(TestDatabase.MARIADB), shape));
    }

    private Stream<Executable> works(MatrixDatabase database, Matrix.Shape shape) {
        return Arrays.stream(Kind.values())
                .filter(kind -> shape.outcome(kind) == Matrix.Outcome.WORKS)
                .map(kind -> cell(database, shape, kind));
    }

    private MatrixDatabase on(TestDatabase database) {
        return databases.computeIfAbsent(database, MatrixDatabase::new);
    }

    private static Executable cell(MatrixDatabase database, Matrix.Shape shape, Kind kind) {
        String statement = kind.encrypted(shape.statement());
        return switch (shape.outcome(kind)) {
            case WORKS ->
                () -> {
                    List<String> twin = database.run(kind, kind.twin(shape.statement()), kind.twin(READ_BACK));
                    assertThat(database.run(kind, statement, kind.encrypted(READ_BACK)))
                            .as("%s: %s", kind, statement)
                            .isEqualTo(twin);
                };
            case REFUSED ->
                () -> {
                    assertThatThrownBy(() -> database.run(kind, statement, READ_BACK))
                            .as("%s: %s", kind, statement)
                            .isInstanceOf(EncryptedAttributeException.class)
                            .hasMessageContaining("refused")
                            .hasMessageContaining(kind.label())
                            .hasMessageContaining(shape.tried())
                            .hasMessageMatching("(?s).*(Select|Sort|Group|Work the value out|Load the).*");
                    assertThat(database.statements()).isEmpty();
                };
            case NONE ->
                () -> assertThatThrownBy(() -> database.run(kind, statement, READ_BACK))
                        .as("%s: %s", kind, statement)
                        .isNotInstanceOf(AssertionError.class);
        };
    }
}
