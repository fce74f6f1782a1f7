package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.Root;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In results and for parameters, an encrypted attribute has the Java type that its class declares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedResultsTest {

    private static final String NEW = "select new " + TypedResultsTest.class.getName() + "$";

    private Fixture fixture;

    enum Mood {
        CALM
    }

    @Embeddable
    record Address(@Encrypted String street, String city) {}

    @Entity(name = "Card")
    static class Card {
        @Id
        Long id;

        @Encrypted
        String text;

        @Encrypted
        int number;

        @Encrypted
        LocalDate since;

        @Encrypted
        Mood mood;

        @Encrypted
        byte[] bytes;

        @Encrypted
        char[] chars;

        Address address;
    }

    record View(
            Long id,
            String text,
            Integer number,
            LocalDate since,
            Mood mood,
            byte[] bytes,
            char[] chars,
            String street) {}

    record Outer(Long id, Inner inner) {}

    record Inner(String text, LocalDate since) {}

    record Pair(Long id, String text) {}

    record Whole(Address address) {}

    static class Bean {
        private String text;
        private Mood mood;

        public void setText(String text) {
            this.text = text;
        }

        public void setMood(Mood mood) {
            this.mood = mood;
        }
    }

    @BeforeAll
    void start() {
        fixture = Fixture.with(Map.of(), Card.class);
        fixture.sessions().inTransaction(session -> {
            Card card = new Card();
            card.id = 1L;
            card.text = "text";
            card.number = 7;
            card.since = LocalDate.EPOCH;
            card.mood = Mood.CALM;
            card.bytes = new byte[] {1, 2};
            card.chars = new char[] {'a', 'b'};
            card.address = new Address("street", "city");
            session.persist(card);
        });
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private <T> T one(String hql, Class<T> type) {
        return in(session -> session.createQuery(hql, type).getSingleResult());
    }

    private <T> T in(Function<Session, T> work) {
        return fixture.sessions().fromTransaction(work);
    }

    @Test
    void a_constructor_expression_takes_values_of_every_kind_of_type() {
        View view = one(
                NEW + "View(c.id, c.text, c.number, c.since, c.mood, c.bytes, c.chars, c.address.street) from Card c",
                View.class);

        assertView(view);
    }

    private static void assertView(View view) {
        assertThat(view.id).isEqualTo(1L);
        assertThat(view.text).isEqualTo("text");
        assertThat(view.number).isEqualTo(7);
        assertThat(view.since).isEqualTo(LocalDate.EPOCH);
        assertThat(view.mood).isEqualTo(Mood.CALM);
        assertThat(view.bytes).containsExactly(1, 2);
        assertThat(view.chars).containsExactly('a', 'b');
        assertThat(view.street).isEqualTo("street");
    }

    @Test
    void a_result_class_takes_values_of_every_kind_of_type() {
        assertView(one(
                "select c.id, c.text, c.number, c.since, c.mood, c.bytes, c.chars, c.address.street from Card c",
                View.class));
    }

    @Test
    void a_constructor_expression_stands_in_another() {
        Outer outer =
                one(NEW + "Outer(c.id, new " + Inner.class.getName() + "(c.text, c.since)) from Card c", Outer.class);

        assertThat(outer).isEqualTo(new Outer(1L, new Inner("text", LocalDate.EPOCH)));
    }

    @Test
    void a_constructor_expression_takes_a_whole_embeddable() {
        assertThat(one(NEW + "Whole(c.address) from Card c", Whole.class))
                .isEqualTo(new Whole(new Address("street", "city")));
    }

    @Test
    void a_constructor_expression_takes_values_of_a_subquery_and_of_a_with() {
        assertThat(one(NEW + "Pair(s.i, s.t) from (select c.id as i, c.text as t from Card c) s", Pair.class))
                .isEqualTo(new Pair(1L, "text"));
        assertThat(one(
                        "with q as (select c.id as i, c.text as t from Card c) " + NEW + "Pair(r.i, r.t) from q r",
                        Pair.class))
                .isEqualTo(new Pair(1L, "text"));
    }

    @Test
    void a_constructor_expression_takes_a_union() {
        assertThat(one(
                        NEW + "Pair(c.id, c.text) from Card c where c.id = 1 union all " + NEW
                                + "Pair(d.id, d.text) from Card d where d.id = 2",
                        Pair.class))
                .isEqualTo(new Pair(1L, "text"));
    }

    @Test
    void a_constructor_expression_refuses_a_value_of_another_type() {
        assertThatThrownBy(() -> one(NEW + "Pair(c.id, c.since) from Card c", Pair.class))
                .hasMessageContaining("Missing constructor");
    }

    @Test
    void a_bean_is_filled_by_aliases() {
        Bean bean = one(NEW + "Bean(c.text as text, c.mood as mood) from Card c", Bean.class);

        assertThat(bean.text).isEqualTo("text");
        assertThat(bean.mood).isEqualTo(Mood.CALM);
    }

    @Test
    void a_map_and_a_list_are_filled() {
        assertThat(one("select new map(c.text as a, c.since as b) from Card c", Map.class))
                .containsEntry("a", "text")
                .containsEntry("b", LocalDate.EPOCH);
        assertThat(one("select new list(c.text, c.since) from Card c", List.class))
                .containsExactly("text", LocalDate.EPOCH);
    }

    @Test
    void one_value_has_its_own_type() {
        assertThat(one("select c.text from Card c", String.class)).isEqualTo("text");
        assertThat(one("select c.number from Card c", Integer.class)).isEqualTo(7);
        assertThat(one("select c.mood from Card c", Mood.class)).isEqualTo(Mood.CALM);
    }

    @Test
    void one_array_is_a_value_and_not_a_row() {
        assertThat(one("select c.bytes from Card c", byte[].class)).containsExactly(1, 2);
        assertThat(one("select c.chars from Card c", char[].class)).containsExactly('a', 'b');
    }

    @Test
    void one_value_as_another_class_is_refused() {
        assertThatThrownBy(() -> one("select c.text from Card c", Integer.class))
                .hasMessageContaining("java.lang.Integer");
        assertThatThrownBy(() -> one("select c.since from Card c", String.class))
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void a_tuple_gives_typed_values() {
        Tuple tuple = one("select c.text as t, c.mood as m, c.bytes as b, c.number as n from Card c", Tuple.class);
        assertThat(tuple.get("t", String.class)).isEqualTo("text");
        assertThat(tuple.get("m", Mood.class)).isEqualTo(Mood.CALM);
        assertThat(tuple.get("b", byte[].class)).containsExactly(1, 2);
        assertThat(tuple.get("n", Integer.class)).isEqualTo(7);
        assertThat(tuple.getElements().get(1).getJavaType()).isEqualTo(Mood.class);
        assertThatThrownBy(() -> tuple.get("t", Integer.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_criteria_query_constructs() {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaQuery<Pair> query = builder.createQuery(Pair.class);
        Root<Card> card = query.from(Card.class);
        query.select(builder.construct(Pair.class, card.get("id"), card.get("text")));
        assertThat(this.<Pair>in(session -> session.createQuery(query).getSingleResult()))
                .isEqualTo(new Pair(1L, "text"));
    }

    @Test
    void a_criteria_multiselect_constructs() {
        HibernateCriteriaBuilder builder = fixture.sessions().getCriteriaBuilder();
        JpaCriteriaQuery<Pair> query = builder.createQuery(Pair.class);
        Root<Card> card = query.from(Card.class);
        query.multiselect(card.get("id"), card.get("text"));
        assertThat(this.<Pair>in(session -> session.createQuery(query).getSingleResult()))
                .isEqualTo(new Pair(1L, "text"));
    }

    @Test
    void the_metamodel_names_the_types() {
        var card = fixture.sessions().getMetamodel().entity(Card.class);
        assertThat(card.getAttribute("text").getJavaType()).isEqualTo(String.class);
        assertThat(card.getAttribute("mood").getJavaType()).isEqualTo(Mood.class);
        assertThat(card.getAttribute("number").getJavaType()).isIn(int.class, Integer.class);
        assertThat(card.getSingularAttribute("bytes").getType().getJavaType()).isEqualTo(byte[].class);
    }

    static Stream<Arguments> a_value_of_another_type_is_refused() {
        return Stream.of(Arguments.of("text", 5), Arguments.of("mood", "CALM"), Arguments.of("since", "1970-01-01"));
    }

    @ParameterizedTest
    @MethodSource
    void a_value_of_another_type_is_refused(String attribute, Object value) {
        String update = "update Card set " + attribute + " = :value";
        fixture.statements().clear();

        assertThatThrownBy(() -> in(session -> session.createMutationQuery(update)
                        .setParameter("value", value)
                        .executeUpdate()))
                .isInstanceOf(RuntimeException.class);
        assertThat(fixture.statements()).isEmpty();
    }
}
