package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A deterministic attribute answers as its twin that is not encrypted does, with one key and while two keys are mixed in the rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeterministicQueriesTest {

    private final Map<TestDatabase, SessionFactory> oneKey = new EnumMap<>(TestDatabase.class);
    private final Map<TestDatabase, SessionFactory> twoKeys = new EnumMap<>(TestDatabase.class);

    @BeforeAll
    void start() {
        for (TestDatabase database : TestDatabase.values()) {
            SessionFactory single = Rings.first(database.fresh(), Twins.ENTITIES);
            persist(single, 1, 14);
            oneKey.put(database, single);

            TestDatabase.Fresh mixed = database.fresh();
            try (SessionFactory before = Rings.first(mixed, Twins.ENTITIES)) {
                persist(before, 1, 7);
            }
            SessionFactory rotating = Rings.rotating(mixed, Twins.ENTITIES);
            persist(rotating, 8, 14);
            twoKeys.put(database, rotating);
        }
    }

    private static void persist(SessionFactory sessions, long from, long to) {
        sessions.inTransaction(session -> {
            for (long id = from; id <= to; id++) {
                session.persist(Twins.person(id));
                session.persist(Twins.guest(id));
            }
        });
    }

    @AfterAll
    void stop() {
        oneKey.values().forEach(SessionFactory::close);
        twoKeys.values().forEach(SessionFactory::close);
    }

    static Stream<Arguments> comparisonsWithValues() {
        return onEach(Stream.of(
                "select p.id from Person p where not (p.{tax} <> :v)",
                "select p.id from Person p where p.{tax} = :n",
                "select p.id from Person p where p.{tax} <> :n",
                "select p.id from Person p where p.{tax} in (:array)",
                "select p.id from Person p where p.{tax} in (:v, :n)",
                "select p.id from Person p where p.{tax} not in (:v, :n)",
                "select p.id from Person p where p.{tax} <> 'tax 1'",
                "select p.id from Person p where p.{tax} is distinct from :n",
                "select p.id from Person p where p.{tax} is not distinct from :v",
                "select p.id from Person p where p.{tax} is not distinct from :n",
                "select p.id from Person p where p.{tax} is distinct from 'tax 1' and p.id < 12",
                "select p.id from Person p where not (p.{tax} is distinct from :v) or p.id = 3",
                "select p.id from Person p where p.{tax} = :v and p.{tax} = :v and p.{tax} <> :w",
                "select p.id from Person p where (p.{tax} = :v or p.{tax} = :w) and p.id > 2",
                "select p.id from Person p where (p.{tax}, p.id) in ((:v, 4), (:v, 5), (:w, 11))",
                "select p.id from Person p where (p.{tax}, p.id) not in ((:v, 4), (:w, 11)) and p.{tax} is not null",
                "select p.id from Person p where p.{place} = :{place}",
                "select p.id from Person p where p.{place} <> :{place}",
                "select p.id from Person p where :t not member of p.{tags}",
                "select p.id from Person p where 'tag 3' in elements(p.{tags})",
                "select p.id from Person p where exists (select 1 from p.{tags} t where t = :t)",
                "select p.id from Person p join p.{tags} t on t in (:t, 'tag 3')",
                "select p.id from Person p where :v in (select q.{tax} from Visit q where q.person = p)",
                "select p.id from Person p where :v not in (select q.{tax} from Visit q where q.person = p)",
                "select p.id from Person p where :v in (p.{tax}, (select q.{tax} from Visit q where q.id = p.id * 10))",
                "select p.id from Person p where p.id in (select q.person.id from Visit q where q.{tax} = :v)",
                "select p.id from Person p where exists (select 1 from Visit q where q.person = p and q.{tax} in (:list))",
                "select p.id from Person p join p.visits q on q.{tax} = :v",
                "select p.id from Person p join p.visits q where q.{tax} = :v and p.{tax} <> :v",
                "select p.id from Person p left join p.visits q on q.{tax} <> :v where q.id is null or q.id > 90",
                "select p.id, case when p.{tax} = :v then 1 when p.{tax} in (:list) then 2 else 0 end from Person p",
                "select p.id, sum(case when q.{tax} = :v then 1 else 0 end) from Person p join p.visits q group by p.id",
                "with d as (select p.id as id, p.{tax} as tax from Person p) select e.id from d e where e.tax = :v",
                "select p.id from Person p where p.{token} = :token",
                "select p.id from Person p where p.{mark} = :mark",
                "select p.id from Person p where p.{mark} <> :mark",
                "select p.id from Person p where p.{price} = :price"));
    }

    static Stream<Arguments> comparisonsOfColumns() {
        return onEach(Stream.of(
                "select p.id, q.id from Person p join Visit q on q.{tax} = p.{tax}",
                "select p.id from Person p join p.visits q where q.{tax} <> p.{tax}",
                "select p.id from Person p join p.visits q where q.{tax} is not distinct from p.{tax}",
                "select p.id from Person p where p.{tax} in (select q.{tax} from Visit q where q.id < 50)",
                "select p.id from Person p where p.{tax} = (select q.{tax} from Visit q where q.id = p.id * 10)",
                "select p.id from Person p where (p.{tax}, p.id) in (select q.{tax}, q.person.id from Visit q)",
                "select p.{tax}, count(*) from Person p group by p.{tax} having p.{tax} = :v or p.{tax} is null",
                "select p.{tax} from Person p where p.id < 9 union select q.{tax} from Person q where q.id > 7",
                "select p.{tax} from Person p where p.id < 9 intersect select q.{tax} from Person q where q.id > 7",
                "select p.{tax} from Person p where p.id < 9 except select q.{tax} from Person q where q.id = 7"));
    }

    private static Stream<Arguments> onEach(Stream<String> statements) {
        return statements.flatMap(
                statement -> Arrays.stream(TestDatabase.values()).map(database -> Arguments.of(database, statement)));
    }

    @ParameterizedTest
    @MethodSource("comparisonsWithValues")
    void with_one_key_a_value_is_found(TestDatabase database, String statement) {
        answersAsItsTwin(oneKey.get(database), statement);
    }

    @ParameterizedTest
    @MethodSource("comparisonsWithValues")
    void with_two_keys_a_value_is_found_under_both(TestDatabase database, String statement) {
        answersAsItsTwin(twoKeys.get(database), statement);
    }

    @ParameterizedTest
    @MethodSource("comparisonsOfColumns")
    void with_one_key_columns_are_compared(TestDatabase database, String statement) {
        answersAsItsTwin(oneKey.get(database), statement);
    }

    private static void answersAsItsTwin(SessionFactory sessions, String statement) {
        sessions.inTransaction(session -> {
            for (int round = 1; round <= 2; round++) {
                List<String> plain = answer(session, statement.replaceAll("\\{(.)(\\w*)}", "plain_$1$2"), round);
                List<String> encrypted = answer(session, statement.replaceAll("[{}]", ""), round);

                assertThat(encrypted).isEqualTo(plain);
                // A comparison with null finds nothing, of either
                assertThat(encrypted.isEmpty()).isEqualTo(statement.matches(".* (=|<>|not in) .*:n\\W?.*|.*= :n"));
            }
        });
    }

    /** @param round other values in each, so that the second is one for a plan that is cached */
    private static List<String> answer(Session session, String statement, int round) {
        StringBuilder hql = new StringBuilder();
        for (String part : statement.split("plain_")) {
            hql.append(hql.isEmpty() ? part : "plain" + part.substring(0, 1).toUpperCase() + part.substring(1));
        }
        Query<Object[]> query = session.createQuery(hql.toString(), Object[].class);
        query.getParameterMetadata().getNamedParameterNames().forEach(name -> bind(query, name, round));
        List<String> rows = new ArrayList<>();
        query.getResultList().forEach(row -> rows.add(Arrays.deepToString(row)));
        return rows.stream().sorted().toList();
    }

    private static void bind(Query<?> query, String name, int round) {
        switch (name) {
            case "v" -> query.setParameter(name, Twins.tax(round));
            case "w" -> query.setParameter(name, Twins.tax(round + 1));
            case "n" -> query.setParameter(name, null);
            case "t" -> query.setParameter(name, "tag " + round);
            case "list" -> query.setParameterList(name, List.of(Twins.tax(round), Twins.tax(round + 1)));
            case "array" -> query.setParameterList(name, new String[] {Twins.tax(round), "none", "other"});
            case "place" -> query.setParameter(name, new Twins.Place("zip " + round, "street " + round));
            case "plainPlace" -> query.setParameter(name, new Twins.PlainPlace("zip " + round, "street " + round));
            case "token" -> query.setParameter(name, Twins.token(round));
            case "mark" -> query.setParameter(name, Twins.mark(round));
            case "price" -> query.setParameter(name, new BigDecimal(round + ".50"));
            default -> throw new IllegalStateException(name);
        }
    }
}
