package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cipherfield.hibernate.EncryptedAttributeException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.Version;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.junit.jupiter.api.Test;

/** A strategy as some later Hibernate may call it: what the guard does not know must not be executed. */
class GuardedStrategyTest {

    /** No version of Hibernate has these methods. */
    interface LaterStrategy {
        void prepare(String process);

        void release();

        int execute(SqmDmlStatement<?> statement);

        int execute(SqmDmlStatement<?> statement, DomainQueryExecutionContext context);

        int execute(DomainQueryExecutionContext context, DomainParameterXref parameters, SqmDmlStatement<?> statement);

        Object build(
                SqmDmlStatement<?> statement,
                DomainParameterXref parameters,
                DomainQueryExecutionContext context,
                boolean more);

        Object executeAll(DomainQueryExecutionContext context);
    }

    private final List<String> reached = new ArrayList<>();
    private final SqmDmlStatement<?> statement = mock(SqmDmlStatement.class);
    private final DomainQueryExecutionContext context = context();
    private final DomainParameterXref parameters = DomainParameterXref.EMPTY;

    @Test
    void a_statement_in_a_call_of_unknown_shape_is_refused_and_not_executed() {
        LaterStrategy guarded = guarded(true);

        assertRefused(() -> guarded.execute(statement), "LaterStrategy.execute");
        assertRefused(() -> guarded.execute(statement, context), "LaterStrategy.execute");
        assertRefused(() -> guarded.execute(context, parameters, statement), "LaterStrategy.execute");
        assertRefused(() -> guarded.build(statement, parameters, context, true), "LaterStrategy.build");
        assertRefused(() -> guarded.executeAll(context), "LaterStrategy.executeAll");
        assertThat(reached).isEmpty();
    }

    @Test
    void what_is_not_about_a_statement_reaches_the_strategy() {
        LaterStrategy guarded = guarded(true);

        guarded.prepare("process");
        guarded.release();

        assertThat(reached).containsExactly("prepare", "release");
        assertThat(guarded.toString()).isEqualTo("the strategy");
    }

    @Test
    void nothing_is_refused_where_nothing_is_encrypted() {
        LaterStrategy guarded = guarded(false);

        assertThat(guarded.execute(statement, context)).isEqualTo(1);
        assertThat(guarded.executeAll(context)).isEqualTo("all");
    }

    private static void assertRefused(ThrowingCallable call, String what) {
        assertThatThrownBy(call)
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("not executed")
                .hasMessageContaining(Version.getVersionString())
                .hasMessageContaining(what)
                .hasMessageContaining("load the entities");
    }

    private static DomainQueryExecutionContext context() {
        DomainQueryExecutionContext context = mock(DomainQueryExecutionContext.class);
        SharedSessionContractImplementor session = mock(SharedSessionContractImplementor.class);
        when(context.getSession()).thenReturn(session);
        return context;
    }

    private LaterStrategy guarded(boolean wanted) {
        return GuardedStrategy.of(LaterStrategy.class, new Reached(), factory -> !wanted);
    }

    private final class Reached implements LaterStrategy {

        @Override
        public void prepare(String process) {
            reached.add("prepare");
        }

        @Override
        public void release() {
            reached.add("release");
        }

        @Override
        public int execute(SqmDmlStatement<?> statement) {
            reached.add("execute");
            return 1;
        }

        @Override
        public int execute(SqmDmlStatement<?> statement, DomainQueryExecutionContext context) {
            return execute(statement);
        }

        @Override
        public int execute(
                DomainQueryExecutionContext context, DomainParameterXref parameters, SqmDmlStatement<?> statement) {
            return execute(statement);
        }

        @Override
        public Object build(
                SqmDmlStatement<?> statement,
                DomainParameterXref parameters,
                DomainQueryExecutionContext context,
                boolean more) {
            reached.add("build");
            return "built";
        }

        @Override
        public Object executeAll(DomainQueryExecutionContext context) {
            reached.add("executeAll");
            return "all";
        }

        @Override
        public String toString() {
            return "the strategy";
        }
    }
}
