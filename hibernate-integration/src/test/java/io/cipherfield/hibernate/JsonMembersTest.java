package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.*;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an object is made of, at any depth: a mapper makes a map of an object, and an Integer of a Long, that was declared as Object. */
class JsonMembersTest {

    @MappedSuperclass
    abstract static class Holding<T> {
        @Id
        Long id = 1L;

        @Encrypted
        T secret;
    }

    static class OfObject {
        Object any;
    }

    static class OfObjects {
        Map<String, Object> more;
    }

    record OfNumber(Number number) {}

    record OfText(CharSequence text) {}

    record OfSerializable(Serializable any) {}

    record OfComparable(Comparable<String> any) {}

    record OfArray(Object[] any) {}

    record OfWildcard(List<? extends Point> points) {}

    record Point(int x, int y) {}

    record Page<T>(List<T> items) {}

    static class Inherits extends OfObject {}

    static class Names extends ArrayList<Object> {}

    static class ByGetter {
        private final Map<String, String> values = new HashMap<>();

        public Object getOther() {
            return values;
        }

        public void setOther(Object other) {}
    }

    @JacksonAnnotationsInside
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Polymorphic {}

    record OfMeta(@Polymorphic Object any) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(OfObjectShape.class))
    interface UnkeptShape {}

    record OfObjectShape(Object any) implements UnkeptShape {}

    record OfUnkeptShape(UnkeptShape shape) {}

    @Entity(name = "E1")
    static class E1 extends Holding<OfObject> {}

    @Entity(name = "E2")
    static class E2 extends Holding<List<OfObjects>> {}

    @Entity(name = "E3")
    static class E3 extends Holding<OfNumber> {}

    @Entity(name = "E4")
    static class E4 extends Holding<OfText> {}

    @Entity(name = "E5")
    static class E5 extends Holding<OfSerializable> {}

    @Entity(name = "E6")
    static class E6 extends Holding<OfComparable> {}

    @Entity(name = "E7")
    static class E7 extends Holding<OfArray> {}

    @Entity(name = "E8")
    static class E8 extends Holding<OfWildcard> {}

    @Entity(name = "E9")
    static class E9 extends Holding<Page<Object>> {}

    @Entity(name = "E10")
    static class E10 extends Holding<Page<Page<OfNumber>>> {}

    @Entity(name = "E11")
    static class E11 extends Holding<Inherits> {}

    @Entity(name = "E12")
    static class E12 extends Holding<Names> {}

    @Entity(name = "E13")
    static class E13 extends Holding<ByGetter> {}

    @Entity(name = "E14")
    static class E14 extends Holding<OfMeta> {}

    @Entity(name = "E15")
    static class E15 extends Holding<OfUnkeptShape> {}

    public static class NotIgnored {
        @JsonIgnore(false)
        public Object any;
    }

    /** Each A of something holds an A of more. */
    public static class Growing<T> {
        public Growing<List<T>> next;
    }

    public static class GrowingArray<T> {
        public GrowingArray<T[]> next;
    }

    public static class GrowingPair<A, B> {
        public GrowingPair<List<B>, A> left;
        public Map<String, GrowingPair<A, List<B>>> right;
    }

    public static class GrowingTogether<T> {
        public GrowingOther<T> other;
    }

    public static class GrowingOther<T> {
        public GrowingTogether<Page<T>> back;
    }

    public static class GrowingElements<T> extends ArrayList<GrowingElements<List<T>>> {}

    @Entity(name = "E16")
    static class E16 extends Holding<NotIgnored> {}

    @Entity(name = "E17")
    static class E17 extends Holding<Growing<String>> {}

    @Entity(name = "E18")
    static class E18 extends Holding<GrowingArray<String>> {}

    @Entity(name = "E19")
    static class E19 extends Holding<GrowingPair<String, Integer>> {}

    @Entity(name = "E20")
    static class E20 extends Holding<GrowingTogether<String>> {}

    @Entity(name = "E21")
    static class E21 extends Holding<GrowingElements<String>> {}

    private static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(E16.class, "in NotIgnored.any, values of java.lang.Object"),
                Arguments.of(E17.class, "in Growing.next, values of " + Growing.class.getName() + " hold other forms"),
                Arguments.of(E18.class, "in GrowingArray.next, values of"),
                Arguments.of(E19.class, "hold other forms of themselves without end"),
                Arguments.of(E20.class, "hold other forms of themselves without end"),
                Arguments.of(E21.class, "hold other forms of themselves without end"),
                Arguments.of(E1.class, "in OfObject.any, values of java.lang.Object could be of any class"),
                Arguments.of(E2.class, "in OfObjects.more, values of java.lang.Object"),
                Arguments.of(E3.class, "in OfNumber.number, values of java.lang.Number"),
                Arguments.of(E4.class, "in OfText.text, values of java.lang.CharSequence"),
                Arguments.of(E5.class, "in OfSerializable.any, values of java.io.Serializable"),
                Arguments.of(E6.class, "in OfComparable.any, values of java.lang.Comparable"),
                Arguments.of(E7.class, "in OfArray.any, values of java.lang.Object"),
                Arguments.of(E8.class, "in OfWildcard.points, values of ? extends"),
                Arguments.of(E9.class, "values of java.lang.Object"),
                Arguments.of(E10.class, "in OfNumber.number, values of java.lang.Number"),
                Arguments.of(E11.class, "in OfObject.any, values of java.lang.Object"),
                Arguments.of(E12.class, "in Names extends ArrayList, values of java.lang.Object"),
                Arguments.of(E13.class, "in ByGetter.other, values of java.lang.Object"),
                Arguments.of(E14.class, "OfMeta has @JsonTypeInfo by class name"),
                Arguments.of(E15.class, "in OfObjectShape.any, values of java.lang.Object"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_member_that_could_be_of_any_class_is_refused_by_its_name(Class<?> entity, String reason) {
        ConfigurationException refusal = TestFactory.refusal(entity);
        assertThat(refusal).isNotNull();
        assertThat(refusal.description())
                .contains(".secret cannot be encrypted")
                .contains(reason);
        assertThat(refusal.action()).endsWith(".");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Line.class)})
    interface Shape {}

    record Circle(int radius) implements Shape {}

    record Line(Point from, Point to) implements Shape {}

    record A(String name, B b) {}

    record B(A a) {}

    public static class Same<T> {
        public T value;
        public Same<T> next;
    }

    public static class Drawing {
        private static final Object LOCK = new Object();

        public transient Object cache;

        @JsonIgnore
        public Object ignored;

        private Object hidden = LOCK;

        @JsonIgnore
        public Object getHidden() {
            return hidden;
        }

        public Shape shape;
        public Page<Point> page;

        @JsonIgnore(false)
        public Point seen;

        public Page<Page<Page<Page<Page<Point>>>>> pages;

        public Same<String> same;
        public SortedMap<String, Queue<Point>> points;
        public EnumSet<Thread.State> states;
        public JsonNode tree;
        public TimeZone zone;
        public Drawing next;
    }

    @Entity(name = "Kept")
    static class Kept extends Holding<Drawing> {
        @Encrypted
        A records = new A("a", new B(new A("b", null)));

        @Encrypted
        Shape shape = new Circle(1);

        @Encrypted
        List<Shape> shapes = List.of(new Line(new Point(1, 2), new Point(3, 4)), new Circle(2));
    }

    private static <T> Page<T> page(T item) {
        return new Page<>(List.of(item));
    }

    @ParameterizedTest
    @MethodSource("io.cipherfield.hibernate.JsonMappers#all")
    void what_the_mapper_keeps_comes_back_as_it_was(String mapper) {
        Map<String, String> settings = Map.of("hibernate.type.json_format_mapper", mapper);
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), settings, Kept.class)) {
            Kept kept = new Kept();
            kept.secret = new Drawing();
            kept.secret.shape = new Line(new Point(1, 2), new Point(3, 4));
            kept.secret.page = new Page<>(List.of(new Point(5, 6)));
            kept.secret.seen = new Point(9, 10);
            kept.secret.pages = page(page(page(page(page(new Point(11, 12))))));
            kept.secret.same = new Same<>();
            kept.secret.same.next = new Same<>();
            kept.secret.same.next.value = "value";
            kept.secret.points = new TreeMap<>(Map.of("a", new LinkedList<>(List.of(new Point(7, 8)))));
            kept.secret.states = EnumSet.of(Thread.State.NEW);
            kept.secret.zone = TimeZone.getTimeZone("Europe/Berlin");
            kept.secret.next = new Drawing();
            factory.persist(kept);

            Kept found = factory.find(Kept.class, 1L);
            assertThat(found.records).isEqualTo(kept.records);
            assertThat(found.shape).isEqualTo(kept.shape);
            assertThat(found.shapes).isEqualTo(kept.shapes);
            assertThat(found.secret.shape).isEqualTo(kept.secret.shape);
            assertThat(found.secret.page).isEqualTo(kept.secret.page);
            assertThat(found.secret.seen).isEqualTo(kept.secret.seen);
            assertThat(found.secret.pages).isEqualTo(kept.secret.pages);
            assertThat(found.secret.same.next.value).isEqualTo("value");
            assertThat(found.secret.points).isEqualTo(kept.secret.points);
            assertThat(found.secret.states).isEqualTo(kept.secret.states);
            assertThat(found.secret.zone).isEqualTo(kept.secret.zone);
            assertThat(found.secret.next).isNotNull();
        }
    }
}
