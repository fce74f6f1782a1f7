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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shape of statement over each kind of attribute: it gives what it gives over an unencrypted attribute with the same values,
 * or it is refused by name before any SQL. No query lies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixTest {

    private static final String READ_BACK = "select e.id, e.name, e.{set} from {E} e";

    private final Map<TestDatabase, MatrixDatabase> oneKey = new EnumMap<>(TestDatabase.class);
    private final Map<TestDatabase, MatrixDatabase> twoKeys = new EnumMap<>(TestDatabase.class);

    @AfterAll
    void stop() {
        oneKey.values().forEach(MatrixDatabase::close);
        twoKeys.values().forEach(MatrixDatabase::close);
    }

    static Stream<Matrix.Shape> shapes() {
        return Matrix.read().shapes().stream().filter(shape -> Matrix.SEVEN || !shape.since7());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void every_cell_is_as_the_table_says(Matrix.Shape shape) {
        assertAll(Arrays.stream(Kind.values())
                .map(kind -> cell(oneKey(TestDatabase.H2), shape, kind, shape.outcome(kind))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void every_cell_is_as_the_table_says_while_rows_are_under_two_keys(Matrix.Shape shape) {
        assertAll(besidesRandomised()
                .map(kind -> cell(twoKeys(TestDatabase.H2), shape, kind, shape.outcomeWithTwoKeys(kind))));
    }

    @ParameterizedTest
    @EnumSource(names = "H2", mode = EnumSource.Mode.EXCLUDE)
    void what_works_on_h2_works_on(TestDatabase database) {
        assertAll(shapes().flatMap(shape -> Arrays.stream(Kind.values())
                .filter(kind -> shape.outcome(kind) == Matrix.Outcome.WORKS)
                .map(kind -> cell(oneKey(database), shape, kind, Matrix.Outcome.WORKS))));
    }

    @ParameterizedTest
    @EnumSource(names = "H2", mode = EnumSource.Mode.EXCLUDE)
    void what_works_under_two_keys_on_h2_works_on(TestDatabase database) {
        assertAll(shapes().flatMap(shape -> besidesRandomised()
                .filter(kind -> shape.outcomeWithTwoKeys(kind) == Matrix.Outcome.WORKS)
                .map(kind -> cell(twoKeys(database), shape, kind, Matrix.Outcome.WORKS))));
    }

    private static Stream<Kind> besidesRandomised() {
        return Arrays.stream(Kind.values()).filter(kind -> kind.encryption != Kind.Encryption.RANDOMISED);
    }

    private MatrixDatabase oneKey(TestDatabase database) {
        return oneKey.computeIfAbsent(database, MatrixDatabase::withOneKey);
    }

    private MatrixDatabase twoKeys(TestDatabase database) {
        return twoKeys.computeIfAbsent(database, MatrixDatabase::withTwoKeys);
    }

    private Executable cell(MatrixDatabase database, Matrix.Shape shape, Kind kind, Matrix.Outcome outcome) {
        String statement = kind.encrypted(shape.statement());
        return switch (outcome) {
            case WORKS ->
                () -> {
                    // Of a read, H2's answer is every database's. MariaDB counts rows otherwise
                    List<String> twin = (shape.writes() ? database : oneKey(TestDatabase.H2))
                            .run(kind, kind.twin(shape.statement()), kind.twin(READ_BACK));
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
                            .hasMessageMatching(
                                    "(?s).*([Ss]elect|Sort|Group|Work the value out|Load the|Compare it|Give both|Finish|Use two|Run the).*");
                    assertThat(database.statements()).isEmpty();
                };
            case NONE ->
                () -> assertThatThrownBy(() -> database.run(kind, statement, READ_BACK))
                        .as("%s: %s", kind, statement)
                        .isNotNull();
        };
    }
}
