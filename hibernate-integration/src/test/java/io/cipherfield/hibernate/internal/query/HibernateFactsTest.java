package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.lang.reflect.Method;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.Version;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.sqm.mutation.internal.MultiTableSqmMutationConverter;
import org.hibernate.query.sqm.sql.BaseSqmToSqlAstConverter;
import org.hibernate.query.sqm.sql.internal.StandardSqmTranslator;
import org.hibernate.sql.ast.SqlAstWalker;
import org.junit.jupiter.api.Test;

/** What the guard relies on in Hibernate, each by itself, so that an upgrade that changes it turns red. */
class HibernateFactsTest {

    @Test
    void Hibernate_still_translates_several_tables_past_the_translator_factory() {
        assertThat(MultiTableSqmMutationConverter.class.getSuperclass()).isEqualTo(BaseSqmToSqlAstConverter.class);
        assertThat(StandardSqmTranslator.class.getSuperclass()).isEqualTo(BaseSqmToSqlAstConverter.class);
    }

    @Test
    void Hibernate_still_visits_every_node_by_methods_that_the_guard_knows() {
        assertThat(SqlAstWalker.class.getMethods())
                .filteredOn(method -> method.getName().startsWith("visit"))
                .extracting(Method::getName)
                .hasSize(76);
    }

    @Test
    void Hibernate_still_gives_each_entity_of_several_tables_its_strategies_from_the_provider() {
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

    /** On 7 it takes the type from the converter's generic parameter, which is Object for all encrypted attributes. */
    @Test
    void Hibernate_7_still_looks_for_a_constructor_that_takes_an_Object_in_place_of_an_encrypted_attribute() {
        String hql = "select new io.cipherfield.hibernate.internal.query.Model$View(p.id, p.secret) from Patient p"
                + " where p.id = 1";
        try (Fixture fixture = Fixture.on(TestDatabase.H2)) {
            ThrowingCallable query = () -> assertThat(fixture.sessions()
                            .fromSession(session -> session.createSelectionQuery(hql, Model.View.class)
                                    .getSingleResult())
                            .secret())
                    .isEqualTo("secret 1");

            if (Version.getVersionString().startsWith("6.")) {
                assertThatCode(query).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(query).hasMessageContaining("it has no constructor with signature");
            }
        }
    }
}
