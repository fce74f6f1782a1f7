package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaDelete;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.CriteriaUpdate;
import jakarta.persistence.criteria.ParameterExpression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.Version;
import org.hibernate.annotations.NaturalId;
import org.hibernate.query.Query;
import org.hibernate.query.QueryArgumentException;
import org.hibernate.query.SemanticException;
import org.hibernate.query.TypedParameterValue;
import org.hibernate.type.StandardBasicTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A query's argument of another type than the attribute's. Hibernate's own error prints it. */
class ArgumentTypeTest {

    private static final String TEXT = "needle-quokka";
    private static final LocalDate DAY = LocalDate.of(1931, 7, 23);

    @MappedSuperclass
    abstract static class Being {
        @Encrypted(deterministic = true)
        LocalDate inherited;
    }

    @Embeddable
    static class Part {
        @Encrypted(deterministic = true)
        LocalDate since;

        String plain;
    }

    @Entity(name = "Person")
    @NamedQuery(name = "bornOn", query = "from Person where born = :it")
    static class Person extends Being {
        @Id
        Long id;

        @Encrypted(deterministic = true)
        String name;

        @Encrypted(deterministic = true)
        LocalDate born;

        @NaturalId
        @Encrypted(deterministic = true)
        LocalDate died;

        @Encrypted
        String secret;

        @Encrypted
        byte[] picture;

        Part part = new Part();

        @ElementCollection
        @Encrypted(deterministic = true)
        List<LocalDate> days = new ArrayList<>();

        @ElementCollection
        @EncryptedKey
        Map<LocalDate, String> diary = Map.of();
    }

    private static final Logger HIBERNATE = (Logger) LoggerFactory.getLogger("org.hibernate");
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static TestFactory factory;

    @BeforeAll
    static void start() {
        factory = TestFactory.h2(Person.class);
        Person person = new Person();
        person.id = 1L;
        person.name = TEXT;
        factory.persist(person);
        LOGGED.start();
        HIBERNATE.addAppender(LOGGED);
        HIBERNATE.setAdditive(false);
        HIBERNATE.setLevel(Level.TRACE);
    }

    @AfterAll
    static void stop() {
        HIBERNATE.setLevel(null);
        HIBERNATE.setAdditive(true);
        HIBERNATE.detachAppender(LOGGED);
        factory.close();
    }

    @BeforeEach
    void forget() {
        LOGGED.list.clear();
    }

    private static Query<Person> hql(Session session, String condition) {
        return session.createQuery("from Person p where " + condition, Person.class);
    }

    @FunctionalInterface
    private interface Condition extends BiFunction<CriteriaBuilder, Root<Person>, Predicate> {}

    private static Query<Person> criteria(Session session, Condition condition) {
        CriteriaBuilder builder = session.getCriteriaBuilder();
        CriteriaQuery<Person> query = builder.createQuery(Person.class);
        Root<Person> root = query.from(Person.class);
        return session.createQuery(query.select(root).where(condition.apply(builder, root)));
    }

    /** The record's component has another type on each line of Hibernate. */
    private static Object typed(String value) {
        try {
            return TypedParameterValue.class.getConstructors()[0].newInstance(StandardBasicTypes.STRING, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    enum Wrong {
        TEXT_FOR_DAY(
                session -> hql(session, "born = :it").setParameter("it", TEXT).list()),
        DAY_FOR_TEXT(
                session -> hql(session, "name = :it").setParameter("it", DAY).list()),
        TEXT_FOR_BYTES(session -> session.createMutationQuery("update Person set picture = :it")
                .setParameter("it", TEXT)
                .executeUpdate()),
        ARRAY_FOR_TEXT(session -> hql(session, "name = :it")
                .setParameter("it", new String[] {TEXT})
                .list()),
        ARRAY_FOR_BYTES(session -> session.createMutationQuery("update Person set picture = :it")
                .setParameter("it", new String[] {TEXT})
                .executeUpdate()),
        LIST_FOR_DAY(session ->
                hql(session, "born = :it").setParameter("it", List.of(TEXT)).list()),
        WITH_ITS_CLASS(session -> hql(session, "name = :it")
                .setParameter("it", DAY, LocalDate.class)
                .list()),
        WITH_ITS_TYPE(session ->
                hql(session, "born = :it").setParameter("it", typed(TEXT)).list()),
        BY_POSITION(session -> hql(session, "born = ?1").setParameter(1, TEXT).list()),
        BY_MAP(session ->
                hql(session, "born = :it").setProperties(Map.of("it", TEXT)).list()),
        LIST_OF_TEXTS(session -> hql(session, "born in :it")
                .setParameterList("it", List.of(TEXT))
                .list()),
        LIST_OF_DAYS(session ->
                hql(session, "name in :it").setParameterList("it", List.of(DAY)).list()),
        LIST_WITH_ONE(session -> hql(session, "born in (:it)")
                .setParameterList("it", List.of(DAY, TEXT))
                .list()),
        LIST_AS_PARAMETER(session ->
                hql(session, "born in (:it)").setParameter("it", List.of(TEXT)).list()),
        LIST_BY_POSITION(session ->
                hql(session, "born in (?1)").setParameterList(1, List.of(TEXT)).list()),
        LIST_WITH_ITS_CLASS(session -> hql(session, "born in (:it)")
                .setParameterList("it", List.of(TEXT), String.class)
                .list()),
        ARRAY_OF_TEXTS(session -> hql(session, "born in (:it)")
                .setParameterList("it", new Object[] {TEXT})
                .list()),
        ARRAY_OF_ITS_CLASS(session -> hql(session, "born in (:it)")
                .setParameterList("it", new String[] {TEXT}, String.class)
                .list()),
        NAMED(session -> session.createNamedQuery("bornOn", Person.class)
                .setParameter("it", TEXT)
                .list()),
        SELECTION(session -> session.createSelectionQuery("from Person where born = :it", Person.class)
                .setParameter("it", TEXT)
                .list()),
        INHERITED(session ->
                hql(session, "inherited = :it").setParameter("it", TEXT).list()),
        EMBEDDED(session ->
                hql(session, "p.part.since = :it").setParameter("it", TEXT).list()),
        ELEMENT(session -> hql(session, "exists (select 1 from p.days d where d = :it)")
                .setParameter("it", TEXT)
                .list()),
        MEMBER(session ->
                hql(session, ":it member of p.days").setParameter("it", TEXT).list()),
        KEY(session -> hql(session, "exists (select 1 from p.diary d where key(d) = :it)")
                .setParameter("it", TEXT)
                .list()),
        SECOND_TIME(session -> {
            Query<Person> query = hql(session, "born = :it").setParameter("it", DAY);
            query.list();
            query.setParameter("it", TEXT);
        }),
        SECOND_TIME_EMBEDDED(session -> {
            Query<Person> query = hql(session, "p.part.since = :it").setParameter("it", DAY);
            query.list();
            query.setParameter("it", TEXT);
        }),
        UPDATE(session -> session.createMutationQuery("update Person set secret = ?1")
                .setParameter(1, DAY)
                .executeUpdate()),
        INSERT(session -> session.createMutationQuery("insert into Person (id, born) values (7, :it)")
                .setParameter("it", TEXT)
                .executeUpdate()),
        DELETE(session -> session.createMutationQuery("delete Person where born = :it")
                .setParameter("it", TEXT)
                .executeUpdate()),
        CRITERIA_PARAMETER_OF_ITS_CLASS(session -> {
            ParameterExpression<String> it = session.getCriteriaBuilder().parameter(String.class, "it");
            criteria(session, (builder, root) -> builder.equal(root.get("born"), it))
                    .setParameter("it", TEXT)
                    .list();
        }),
        CRITERIA_PARAMETER_OF_ANY_CLASS(session -> {
            ParameterExpression<Object> it = session.getCriteriaBuilder().parameter(Object.class, "it");
            criteria(session, (builder, root) -> builder.equal(root.get("born"), it))
                    .setParameter("it", TEXT)
                    .list();
        }),
        CRITERIA_VALUE(session -> criteria(session, (builder, root) -> builder.equal(root.get("born"), TEXT))
                .list()),
        CRITERIA_LITERAL(session -> criteria(
                        session, (builder, root) -> builder.equal(root.get("born"), builder.literal(TEXT)))
                .list()),
        CRITERIA_IN(session -> criteria(
                        session, (builder, root) -> root.get("born").in(TEXT, DAY))
                .list()),
        CRITERIA_EMBEDDED(session -> criteria(
                        session,
                        (builder, root) -> builder.equal(root.get("part").get("since"), TEXT))
                .list()),
        CRITERIA_UPDATE(session -> {
            CriteriaUpdate<Person> update = session.getCriteriaBuilder().createCriteriaUpdate(Person.class);
            update.from(Person.class);
            update.set("born", TEXT);
            session.createMutationQuery(update).executeUpdate();
        }),
        CRITERIA_DELETE(session -> {
            CriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaDelete<Person> delete = builder.createCriteriaDelete(Person.class);
            delete.where(builder.equal(delete.from(Person.class).get("born"), TEXT));
            session.createMutationQuery(delete).executeUpdate();
        }),
        NATURAL_ID(session -> session.bySimpleNaturalId(Person.class).load(TEXT)),
        NATURAL_ID_REFERENCE(session -> session.bySimpleNaturalId(Person.class).getReference(TEXT)),
        NATURAL_ID_BY_NAME(
                session -> session.byNaturalId(Person.class).using("died", TEXT).load()),
        NATURAL_IDS(session -> session.byMultipleNaturalId(Person.class).multiLoad(TEXT, DAY)),
        NATIVE(session -> session.createNativeQuery("select id from Person where born = :it", Long.class)
                .setParameter(
                        "it",
                        io.cipherfield.hibernate.nativesql.EncryptedValues.of(
                                        session.getSessionFactory(), Person.class, "born")
                                .parameter(TEXT)));

        private final Consumer<Session> statement;

        Wrong(Consumer<Session> statement) {
            this.statement = statement;
        }
    }

    private static void assertNothingLogged() {
        assertThat(LOGGED.list)
                .isNotEmpty()
                .extracting(event -> event.getFormattedMessage() + event.getThrowableProxy())
                .noneMatch(line -> line.contains(TEXT) || line.contains(DAY.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void an_argument_of_another_type_is_refused_and_nowhere_printed(Wrong wrong) {
        Throwable refusal = catchThrowable(() -> factory.sessions().inTransaction(session -> {
            wrong.statement.accept(session);
        }));

        assertThat(refusal).isNotNull();
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString())
                .as("the whole chain of exceptions")
                .doesNotContain(TEXT)
                .doesNotContain(DAY.toString());
        assertNothingLogged();
        if (!isOfTypesAlone(wrong, refusal)) {
            assertThat(refusal)
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("holds ")
                    .hasMessageContaining("was given ");
        }
    }

    /** Hibernate's own refusals that come before it looks at the value. */
    private static boolean isOfTypesAlone(Wrong wrong, Throwable refusal) {
        return switch (wrong) {
            case CRITERIA_PARAMETER_OF_ITS_CLASS, CRITERIA_PARAMETER_OF_ANY_CLASS, CRITERIA_LITERAL ->
                refusal instanceof SemanticException;
            case BY_MAP -> refusal instanceof IllegalStateException;
            default -> false;
        };
    }

    /** Such a parameter has the type of its class and never the attribute's, so nobody is asked. */
    @Test
    void hibernate_7_3_still_prints_what_it_refuses_for_a_criteria_parameter_that_names_its_class() {
        Throwable refusal = catchThrowable(() -> factory.sessions().inTransaction(session -> {
            ParameterExpression<LocalDate> it = session.getCriteriaBuilder().parameter(LocalDate.class, "it");
            criteria(session, (builder, root) -> builder.equal(root.get("born"), it))
                    .setParameter("it", TEXT)
                    .list();
        }));

        if (Version.getVersionString().matches("(6\\.|7\\.[12]\\.).*")) {
            assertThat(refusal).isInstanceOf(EncryptedAttributeException.class).hasMessageNotContaining(TEXT);
        } else {
            assertThat(refusal)
                    .as("docs/queries.md says so: no longer true, so say it no more")
                    .isInstanceOf(QueryArgumentException.class)
                    .hasMessageContaining(TEXT);
        }
    }

    enum Right {
        WITH_ITS_CLASS(session -> hql(session, "name = :it").setParameter("it", TEXT, String.class)),
        WITH_ITS_TYPE(session -> hql(session, "name = :it").setParameter("it", typed(TEXT))),
        LIST(session -> hql(session, "name in :it").setParameterList("it", List.of(TEXT))),
        LIST_WITH_ITS_CLASS(
                session -> hql(session, "name in :it").setParameterList("it", List.of(TEXT, "x"), String.class)),
        LIST_BY_POSITION(session -> hql(session, "name in ?1").setParameterList(1, List.of("x", TEXT), String.class)),
        ARRAY_WITH_ITS_CLASS(session ->
                hql(session, "name in (:it)").setParameterList("it", new String[] {TEXT, "x"}, String.class)),
        LIST_AND_AGAIN(session -> {
            Query<Person> query = hql(session, "name in :it").setParameterList("it", List.of("x"), String.class);
            assertThat(query.list()).isEmpty();
            return query.setParameterList("it", List.of("x", TEXT), String.class);
        }),
        CRITERIA(session -> {
            ParameterExpression<String> it = session.getCriteriaBuilder().parameter(String.class, "it");
            return criteria(session, (builder, root) -> builder.equal(root.get("name"), it))
                    .setParameter(it, TEXT);
        }),
        CRITERIA_LIST(session -> {
            ParameterExpression<List<String>> it = list(session);
            return criteria(session, (builder, root) -> root.get("name").in(it)).setParameter(it, List.of(TEXT, "x"));
        }),
        CRITERIA_LIST_WITH_ITS_CLASS(session -> {
            ParameterExpression<List<String>> it = list(session);
            return criteria(session, (builder, root) -> root.get("name").in(it))
                    .setParameterList("it", List.of(TEXT, "x"), String.class);
        }),
        CRITERIA_VALUES(
                session -> criteria(session, (builder, root) -> root.get("name").in(TEXT, "x")));

        private final Function<Session, Query<Person>> statement;

        Right(Function<Session, Query<Person>> statement) {
            this.statement = statement;
        }

        @SuppressWarnings("unchecked")
        private static ParameterExpression<List<String>> list(Session session) {
            return (ParameterExpression<List<String>>)
                    (ParameterExpression<?>) session.getCriteriaBuilder().parameter(List.class, "it");
        }
    }

    /** Of a list, Hibernate binds the values by the type that the caller named. */
    @ParameterizedTest
    @EnumSource
    void an_argument_whose_type_is_named_is_encrypted(Right right) {
        List<Person> found = factory.sessions()
                .fromTransaction(session -> right.statement.apply(session).list());

        assertThat(found).hasSize(1);
        assertNothingLogged();
    }

    @Test
    void a_collection_given_as_one_argument_of_an_in_is_taken_for_its_values() {
        List<Long> found = factory.sessions()
                .fromTransaction(session -> session.createQuery("select id from Person where name in :them", Long.class)
                        .setParameter("them", List.of(TEXT, "another"))
                        .getResultList());
        assertThat(found).containsExactly(1L);
    }
}
