package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.cipherfield.hibernate.internal.version.TypedResult;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.Version;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.sqm.mutation.internal.MultiTableSqmMutationConverter;
import org.hibernate.query.sqm.sql.BaseSqmToSqlAstConverter;
import org.hibernate.query.sqm.sql.internal.StandardSqmTranslator;
import org.hibernate.sql.ast.SqlAstWalker;
import org.hibernate.sql.ast.spi.AbstractSqlAstWalker;
import org.hibernate.sql.ast.spi.SqlSelection;
import org.hibernate.sql.ast.tree.expression.SqlSelectionExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard relies on in Hibernate, each by itself, so that an upgrade that changes it turns red. */
class HibernateStillTranslatesTest {

    private static final Pattern OVERRIDING =
            Pattern.compile("(visit|determine|consume|translate|createSelect|createMutation).*");

    @Test
    void hibernate_still_translates_several_tables_past_the_translator_factory() {
        assertThat(MultiTableSqmMutationConverter.class.getSuperclass())
                .as("GuardedStrategy is there for that reason")
                .isEqualTo(BaseSqmToSqlAstConverter.class);
        assertThat(StandardSqmTranslator.class.getSuperclass()).isEqualTo(BaseSqmToSqlAstConverter.class);
    }

    @Test
    void hibernate_still_visits_every_node_by_methods_that_the_guard_knows() {
        assertThat(SqlAstWalker.class.getMethods())
                .filteredOn(method -> method.getName().startsWith("visit"))
                .extracting(Method::getName)
                .as("ExpressionGuard and its subclasses decide about each kind of node")
                .hasSize(76);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                GuardedTranslator.class,
                GuardedTranslatorFactory.class,
                ExpressionGuard.class,
                QueryGuard.class,
                MutationGuard.class
            })
    void hibernate_still_has_every_method_that_the_guard_overrides(Class<?> guard) {
        assertThat(guard.getDeclaredMethods())
                .filteredOn(method -> OVERRIDING.matcher(method.getName()).matches()
                        && !method.isSynthetic()
                        && (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .as("what is not called guards nothing, and compiles against the oldest line")
                .isNotEmpty()
                .allMatch(method -> isDeclaredAbove(guard, method));
    }

    private static boolean isDeclaredAbove(Class<?> type, Method method) {
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
                .filter(above -> above.getName().startsWith("org.hibernate."))
                .flatMap(above -> Stream.of(above.getDeclaredMethods()))
                .anyMatch(above -> above.getName().equals(method.getName())
                        && Arrays.equals(above.getParameterTypes(), method.getParameterTypes()));
    }

    @Test
    void hibernate_still_recurses_for_ever_into_an_expression_that_stands_for_a_selection() {
        SqlSelectionExpression expression = new SqlSelectionExpression(mock(SqlSelection.class));

        assertThatThrownBy(() -> new AbstractSqlAstWalker() {}.visitSqlSelectionExpression(expression))
                .as("ExpressionGuard.visitSqlSelectionExpression can go if it does not")
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void hibernate_still_gives_each_entity_of_several_tables_its_strategies_from_the_provider() {
        try (Fixture fixture = Fixture.with(Map.of(), Model.Account.class, Model.Savings.class)) {
            var savings = fixture.sessions()
                    .unwrap(SessionFactoryImplementor.class)
                    .getMappingMetamodel()
                    .getEntityDescriptor(Model.Savings.class);

            assertThat(savings.getSqmMultiTableMutationStrategy()).isNotNull();
            assertThat(GuardedStrategy.guards(savings.getSqmMultiTableMutationStrategy()))
                    .isTrue();
        }
    }

    /** What {@link TypedResult} is for: 7 takes the type from the converter's generic parameter. Without this it can go. */
    @Test
    void hibernate_7_still_takes_Object_for_the_type_of_an_encrypted_attribute() {
        try (Fixture fixture = Fixture.with(Map.of(), Model.Account.class, Model.Savings.class)) {
            var pin = fixture.sessions()
                    .unwrap(SessionFactoryImplementor.class)
                    .getMappingMetamodel()
                    .getEntityDescriptor(Model.Account.class)
                    .findAttributeMapping("pin")
                    .getSingleJdbcMapping();

            assertThat(pin.getValueConverter().getDomainJavaType().getJavaTypeClass())
                    .isEqualTo(Version.getVersionString().startsWith("6.") ? String.class : Object.class);
            assertThat(pin.getMappedJavaType().getJavaTypeClass()).isEqualTo(String.class);
        }
    }
}
