package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.cipherfield.hibernate.EncryptedAttributeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedHandlerTest {

    /** As in Hibernate 7, and one method that it has not. */
    public interface Handler {
        JdbcParameterBindings createJdbcParameterBindings(DomainQueryExecutionContext context);

        boolean dependsOnParameterBindings();

        int execute(JdbcParameterBindings bindings, DomainQueryExecutionContext context);

        int executeAtOnce(DomainQueryExecutionContext context);
    }

    public interface OtherHandler {
        int execute(DomainQueryExecutionContext context);
    }

    public record Built(Handler handler, JdbcParameterBindings first) {}

    public record OtherBuilt(OtherHandler handler, JdbcParameterBindings first) {}

    public record BuiltOfThree(Handler handler, JdbcParameterBindings first, int more) {}

    private final List<String> calls = new ArrayList<>();
    private final DomainQueryExecutionContext context = mock(DomainQueryExecutionContext.class);
    private final JdbcParameterBindings bindings = mock(JdbcParameterBindings.class);

    @Test
    void each_later_execution_is_checked_before_its_parameters_are_made() throws ReflectiveOperationException {
        Built guarded = (Built) GuardedHandler.in(new Built(new Called(), bindings), later -> calls.add("check"));

        assertThat(guarded.first()).isSameAs(bindings);
        assertThat(guarded.handler().dependsOnParameterBindings()).isTrue();
        guarded.handler().execute(guarded.first(), context);
        guarded.handler().execute(guarded.handler().createJdbcParameterBindings(context), context);

        assertThat(calls).containsExactly("execute", "check", "parameters", "execute");
    }

    @Test
    void what_the_check_refuses_gets_no_parameters() throws ReflectiveOperationException {
        Built guarded = (Built) GuardedHandler.in(new Built(new Called(), bindings), later -> {
            throw new EncryptedAttributeException("refused");
        });

        assertThatThrownBy(() -> guarded.handler().createJdbcParameterBindings(context))
                .hasMessage("refused");
        assertThat(calls).isEmpty();
    }

    @Test
    void an_execution_in_an_unknown_way_is_refused() throws ReflectiveOperationException {
        Built guarded = (Built) GuardedHandler.in(new Built(new Called(), bindings), later -> calls.add("check"));

        assertThatThrownBy(() -> guarded.handler().executeAtOnce(context))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("not executed")
                .hasMessageContaining("Handler.executeAtOnce");
        assertThat(calls).isEmpty();
    }

    static Stream<Object> unknownResults() {
        Handler handler = mock(Handler.class);
        return Stream.of(
                handler,
                new OtherBuilt(mock(OtherHandler.class), mock(JdbcParameterBindings.class)),
                new BuiltOfThree(handler, mock(JdbcParameterBindings.class), 1),
                (Runnable) () -> {});
    }

    @ParameterizedTest
    @MethodSource("unknownResults")
    void a_result_of_unknown_shape_is_refused(Object result) {
        assertThatThrownBy(() -> GuardedHandler.in(result, later -> {}))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("not executed")
                .hasMessageContaining(result.getClass().getName());
    }

    @Test
    void no_result_is_refused_as_well() {
        assertThatThrownBy(() -> GuardedHandler.in(null, later -> {})).isInstanceOf(EncryptedAttributeException.class);
    }

    private final class Called implements Handler {

        @Override
        public JdbcParameterBindings createJdbcParameterBindings(DomainQueryExecutionContext context) {
            calls.add("parameters");
            return bindings;
        }

        @Override
        public boolean dependsOnParameterBindings() {
            return true;
        }

        @Override
        public int execute(JdbcParameterBindings bindings, DomainQueryExecutionContext context) {
            calls.add("execute");
            return 1;
        }

        @Override
        public int executeAtOnce(DomainQueryExecutionContext context) {
            calls.add("executeAtOnce");
            return 1;
        }
    }
}
