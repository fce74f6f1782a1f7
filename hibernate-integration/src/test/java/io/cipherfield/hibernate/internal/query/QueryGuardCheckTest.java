package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.cfg.QuerySettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.sqm.mutation.internal.SqmMultiTableMutationStrategyProviderStandard;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategyProvider;
import org.hibernate.query.sqm.sql.StandardSqmTranslatorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryGuardCheckTest {

    public static class OtherTranslators extends StandardSqmTranslatorFactory {}

    @ParameterizedTest
    @ValueSource(classes = {OtherTranslators.class, StandardSqmTranslatorFactory.class})
    void another_translator_stops_the_start_of_a_factory_with_encrypted_attributes(Class<?> translator) {
        assertThatThrownBy(() -> Fixture.with(
                        Map.of(QuerySettings.SEMANTIC_QUERY_TRANSLATOR, translator.getName()), Model.ENTITIES))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is encrypted, but queries are translated by " + translator.getName())
                .hasMessageContaining("Remove the setting hibernate.query.sqm.translator");
    }

    static Stream<Object> translatorsThatAreNoName() {
        return Stream.of(OtherTranslators.class, new OtherTranslators());
    }

    @ParameterizedTest
    @MethodSource
    void translatorsThatAreNoName(Object translator) {
        assertThatThrownBy(
                        () -> Fixture.with(Map.of(QuerySettings.SEMANTIC_QUERY_TRANSLATOR, translator), Model.ENTITIES))
                .as("Hibernate still takes the translator by its name alone, so this stops the start by itself")
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void strategies_for_several_tables_that_nothing_guards_stop_the_start() {
        assertThatThrownBy(() -> Fixture.withService(
                        SqmMultiTableMutationStrategyProvider.class,
                        new SqmMultiTableMutationStrategyProviderStandard(),
                        Model.Account.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Account.pin is encrypted")
                .hasMessageContaining("SqmMultiTableMutationStrategyProvider")
                .hasMessageContaining("Remove that service");
    }

    @Test
    void another_translator_is_left_alone_where_nothing_is_encrypted() {
        try (Fixture fixture = Fixture.with(
                Map.of(QuerySettings.SEMANTIC_QUERY_TRANSLATOR, OtherTranslators.class.getName()),
                Model.Vehicle.class,
                Model.Car.class)) {
            assertThat(fixture.sessions()
                            .unwrap(SessionFactoryImplementor.class)
                            .getQueryEngine()
                            .getSqmTranslatorFactory())
                    .isInstanceOf(OtherTranslators.class);
        }
    }

    @Test
    void the_guard_is_installed_without_any_setting() {
        try (Fixture fixture = Fixture.with(Map.of(), Model.Patient.class, Model.Ward.class, Model.Account.class)) {
            SessionFactoryImplementor factory = fixture.sessions().unwrap(SessionFactoryImplementor.class);
            var account = factory.getMappingMetamodel().getEntityDescriptor(Model.Account.class);

            assertThat(factory.getQueryEngine().getSqmTranslatorFactory()).isInstanceOf(GuardedTranslatorFactory.class);
            assertThat(GuardedStrategy.guards(account.getSqmMultiTableInsertStrategy()))
                    .isTrue();
        }
    }
}
