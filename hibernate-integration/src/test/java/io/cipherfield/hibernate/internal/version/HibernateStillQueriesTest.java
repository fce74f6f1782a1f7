package io.cipherfield.hibernate.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.OptimisticLockType;
import org.hibernate.annotations.OptimisticLocking;
import org.hibernate.annotations.Type;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.sql.SqmTranslator;
import org.hibernate.query.sqm.sql.StandardSqmTranslatorFactory;
import org.hibernate.query.sqm.tree.select.SqmSelectStatement;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the query guard and the rules for collections rely on, shown by Hibernate without the guard. */
class HibernateStillQueriesTest {

    @Entity(name = "Note")
    static class Note {
        @Id
        Long id = 1L;

        @Type(ProbeType.class)
        String text = "text";

        String plain = "plain";

        @NaturalId
        String code = "code";

        @ElementCollection
        Set<String> tags = new HashSet<>(Set.of("one", "two"));

        @ElementCollection
        Map<String, String> names = new HashMap<>(Map.of("key", "value"));
    }

    @Entity(name = "Locked")
    @OptimisticLocking(type = OptimisticLockType.ALL)
    @DynamicUpdate
    static class Locked {
        @Id
        Long id = 1L;

        @Type(ProbeType.class)
        String text = "text";

        String plain = "plain";
    }

    /** Hibernate makes it by its name. */
    public static final class CountingFactory extends StandardSqmTranslatorFactory {

        static final AtomicInteger SELECTS = new AtomicInteger();

        @Override
        public SqmTranslator<SelectStatement> createSelectTranslator(
                SqmSelectStatement<?> statement,
                QueryOptions options,
                DomainParameterXref parameters,
                QueryParameterBindings bindings,
                LoadQueryInfluencers influencers,
                SqlAstCreationContext context,
                boolean deduplicateSelectionItems) {
            SELECTS.incrementAndGet();
            return super.createSelectTranslator(
                    statement, options, parameters, bindings, influencers, context, deduplicateSelectionItems);
        }
    }

    private static ProbeFactory factory;

    @BeforeAll
    static void start() {
        factory = new ProbeFactory(
                TestDatabase.H2.fresh(),
                Map.of("hibernate.query.sqm.translator", CountingFactory.class.getName()),
                Note.class,
                Locked.class);
    }

    @AfterAll
    static void stop() {
        factory.close();
    }

    @BeforeEach
    void fill() {
        factory.sessions().getSchemaManager().truncateMappedObjects();
        factory.persist(new Note(), new Locked());
        factory.statements().clear();
        CountingFactory.SELECTS.set(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update Note set text = coalesce(:value, text)",
                "update Note set text = upper(:value)",
                "insert into Note (id, text) values (2, :value)",
                "insert into Note (id, text) select 2, :value from Note"
            })
    void hibernate_still_stores_a_statement_s_parameter_without_the_type_s_conversion(String statement) {
        factory.sessions()
                .inTransaction(session -> session.createMutationQuery(statement)
                        .setParameter("value", "BULK")
                        .executeUpdate());

        assertThat(factory.raw("select text from Note"))
                .as("GuardedTranslator repairs or refuses it")
                .contains("BULK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"update Note set text = plain", "insert into Note (id, text) select 2, plain from Note"})
    void hibernate_still_copies_a_plain_column_into_one_that_a_type_converts(String statement) {
        factory.sessions()
                .inTransaction(session -> session.createMutationQuery(statement).executeUpdate());

        assertThat(factory.raw("select text from Note"))
                .as("AssignmentGuard refuses it")
                .contains("plain");
    }

    @Test
    void hibernate_still_takes_a_translator_factory_by_name_only() {
        factory.sessions()
                .inSession(session ->
                        session.createSelectionQuery("from Note", Note.class).list());

        assertThat(CountingFactory.SELECTS).hasValue(1);
        assertThatThrownBy(() -> new ProbeFactory(
                        TestDatabase.H2.fresh(),
                        Map.of("hibernate.query.sqm.translator", new CountingFactory()),
                        Note.class))
                .as("QueryGuardContributor sets the name")
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void hibernate_still_loads_by_identifier_and_natural_id_past_the_translator() {
        factory.sessions().inSession(session -> {
            assertThat(session.find(Note.class, 1L).tags).hasSize(2);
            session.clear();
            assertThat(session.byNaturalId(Note.class).using("code", "code").load())
                    .isNotNull();
        });

        assertThat(CountingFactory.SELECTS)
                .as("the query guard sees none of these, so the mapping itself is refused: MappingRules")
                .hasValue(0);
    }

    /** JdbcServicesImpl is what everything asks for the environment. */
    @Test
    void hibernate_still_takes_its_translators_from_the_one_environment_service() {
        SessionFactoryImplementor internals = factory.internals();
        JdbcEnvironment environment = internals.getServiceRegistry().requireService(JdbcEnvironment.class);

        assertThat(internals.getJdbcServices().getJdbcEnvironment())
                .as("EachFormEnvironment takes the place of that service")
                .isSameAs(environment);
        assertThat(internals.getJdbcServices().getDialect()).isSameAs(environment.getDialect());
    }

    @Test
    void hibernate_still_writes_the_sql_of_each_select_by_the_translators_of_the_environment() {
        JdbcEnvironment environment = factory.internals().getServiceRegistry().requireService(JdbcEnvironment.class);
        List<String> made = new CopyOnWriteArrayList<>();
        SqlAstTranslatorFactory translators = proxy(SqlAstTranslatorFactory.class, (method, arguments) -> {
            made.add(method.getName());
            return method.invoke(environment.getSqlAstTranslatorFactory(), arguments);
        });
        JdbcEnvironment counting = proxy(
                JdbcEnvironment.class,
                (method, arguments) -> method.getName().equals("getSqlAstTranslatorFactory")
                        ? translators
                        : method.invoke(environment, arguments));
        Configuration configuration = new Configuration().addAnnotatedClass(Note.class);
        configuration.getProperties().putAll(TestDatabase.H2.fresh().settings());
        try (SessionFactory counted = configuration.buildSessionFactory(new StandardServiceRegistryBuilder()
                .applySettings(configuration.getProperties())
                .addService(JdbcEnvironment.class, counting)
                .build())) {
            counted.inTransaction(session -> session.persist(new Note()));
            for (Consumer<Session> load : List.<Consumer<Session>>of(
                    session -> session.byNaturalId(Note.class)
                            .using("code", "code")
                            .load(),
                    session -> session.createSelectionQuery("from Note", Note.class)
                            .list(),
                    session -> session.find(Note.class, 1L, LockModeType.PESSIMISTIC_WRITE))) {
                made.clear();
                counted.inTransaction(load::accept);
                assertThat(made)
                        .as("EachFormEnvironment looks for each form of a natural id there")
                        .contains("buildSelectTranslator");
            }
        }
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, arguments)));
    }

    @Test
    void hibernate_still_finds_a_set_s_removed_rows_by_their_value() {
        factory.sessions()
                .inTransaction(session -> session.find(Note.class, 1L).tags.remove("one"));

        assertThat(factory.statements())
                .as("MappingRules refuses a set of randomised values for that reason")
                .anyMatch(sql -> sql.matches("delete from Note_tags where Note_id=\\? and tags=\\?"));
    }

    @Test
    void hibernate_still_finds_a_map_s_changed_rows_by_their_key() {
        factory.sessions()
                .inTransaction(session -> session.find(Note.class, 1L).names.put("key", "other"));

        assertThat(factory.statements())
                .as("MappingRules refuses randomised map keys for that reason")
                .anyMatch(sql -> sql.matches("update Note_names set names=\\? where Note_id=\\? and names_KEY=\\?"));
    }

    @Test
    void hibernate_still_finds_a_row_by_all_its_values_where_all_are_locked() {
        factory.sessions().inTransaction(session -> session.find(Locked.class, 1L).plain = "changed");

        assertThat(factory.statements())
                .as("MappingRules refuses it")
                .anyMatch(sql -> sql.matches("update Locked set plain=\\? where id=\\? and plain=\\? and text=\\?"));
    }
}
