package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.internal.version.TypedResult;
import java.lang.reflect.Method;
import java.util.Map;
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

    /** What {@link TypedResult} is for: 7 takes the type from the converter's generic parameter. Without this it can go. */
    @Test
    void Hibernate_7_still_takes_Object_for_the_type_of_an_encrypted_attribute() {
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
