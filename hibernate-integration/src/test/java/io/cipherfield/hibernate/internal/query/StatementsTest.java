package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements over several attributes, entities and tables: what works, what is refused, and that a refused one executes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsTest {

    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

    private Fixture fixture;

    @BeforeAll
    void start() {
        fixture = Fixture.on(TestDatabase.H2);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    static Stream<String> working() {
        return Shapes.statements("statements.hql")
                .filter(each -> each.attribute().equals("works"))
                .map(Shapes.Statement::text);
    }

    static Stream<Shapes.Statement> refused() {
        return Shapes.statements("statements.hql")
                .filter(each -> !each.attribute().equals("works"));
    }

    @ParameterizedTest
    @MethodSource
    void working(String statement) {
        run(statement);

        assertThat(fixture.statements()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void refused(Shapes.Statement shape) {
        assertThatThrownBy(() -> run(shape.text()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining(shape.attribute())
                .hasMessageContaining("refused")
                .hasMessageMatching("(?s).*(Select|Sort|Group|Work the value out|Load the value|Use two).*")
                .hasMessageNotContaining("new value")
                .hasMessageNotContaining("'x'");
        assertThat(fixture.statements()).isEmpty();
    }

    private void run(String statement) {
        fixture.statements().clear();
        fixture.sessions().inTransaction(session -> {
            try {
                execute(session, statement);
            } finally {
                session.getTransaction().setRollbackOnly();
            }
        });
    }

    private static void execute(Session session, String statement) {
        if (statement.matches("(?s)(update|insert|delete).*")) {
            MutationQuery query = session.createMutationQuery(statement);
            bind(query, statement);
            query.executeUpdate();
        } else {
            Query<Object> query = session.createQuery(statement, Object.class);
            bind(query, statement);
            query.getResultList();
        }
    }

    private static void bind(CommonQueryContract query, String statement) {
        Matcher names = PARAMETER.matcher(statement);
        while (names.find()) {
            switch (names.group(1)) {
                case "p", "q" -> query.setParameter(names.group(1), "new value");
                case "a" -> query.setParameter("a", new Model.Address("city", "new value"));
                case "l" -> query.setParameterList("l", List.of("a", "b"));
                case "ids" -> query.setParameterList("ids", List.of(1L, 2L, 3L));
                default -> throw new IllegalStateException(names.group(1));
            }
        }
    }
}
