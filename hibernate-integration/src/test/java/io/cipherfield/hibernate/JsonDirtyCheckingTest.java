package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.util.*;
import java.util.function.Consumer;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes within a document are written, and nothing else is. */
class JsonDirtyCheckingTest {

    /** Without equals. */
    public static class Note {
        public String text;
        public List<String> tags = new ArrayList<>();

        static Note of(String text) {
            Note note = new Note();
            note.text = text;
            return note;
        }
    }

    /** Its equals looks at a part of it. */
    public static class Numbered {
        public int number;
        public String text;

        @Override
        public boolean equals(Object other) {
            return other instanceof Numbered numbered && number == numbered.number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    record Point(int x, int y) {}

    record Holder(Point point, List<String> tags) {}

    @Entity(name = "Documents")
    @DynamicUpdate
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Documents {
        @Id
        Long id = 1L;

        @Version
        int version;

        @Encrypted
        Note note = Note.of("a");

        @Encrypted
        Numbered numbered = new Numbered();

        @Encrypted
        List<Note> notes = new ArrayList<>(List.of(Note.of("b")));

        @Encrypted
        Map<String, Set<String>> map = new HashMap<>(Map.of("k", new HashSet<>(Set.of("x", "y", "z"))));

        @Encrypted
        int[] ints = {1, 2};

        @Encrypted
        Point point = new Point(1, 2);

        @Encrypted
        Holder holder = new Holder(point, new ArrayList<>(List.of("t")));

        String plain;
    }

    private static final TestFactory FACTORY = TestFactory.on(
            TestDatabase.H2.fresh(),
            Map.of(
                    "hibernate.generate_statistics",
                    "true",
                    "hibernate.cache.use_second_level_cache",
                    "true",
                    "hibernate.cache.region.factory_class",
                    SerializingRegionFactory.class.getName()),
            Documents.class);

    @BeforeEach
    void persist() {
        empty();
        FACTORY.persist(new Documents());
        FACTORY.sessions().getStatistics().clear();
    }

    private static void empty() {
        FACTORY.execute("delete from Documents");
        FACTORY.sessions().getCache().evictAllRegions();
    }

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    private static long updates(Consumer<Documents> change) {
        Statistics statistics = FACTORY.sessions().getStatistics();
        statistics.clear();
        FACTORY.sessions().inTransaction(session -> change.accept(session.find(Documents.class, 1L)));
        return statistics.getEntityUpdateCount();
    }

    private static Documents found() {
        FACTORY.sessions().getCache().evictAllRegions();
        return FACTORY.find(Documents.class, 1L);
    }

    @Test
    void a_document_that_was_only_read_is_not_written() {
        Object before = FACTORY.raw("select note from Documents").get(0);
        assertThat(updates(entity -> assertThat(entity.map.get("k")).hasSize(3)))
                .isZero();
        FACTORY.sessions().getCache().evictAllRegions();
        assertThat(updates(entity -> {})).isZero();
        assertThat(updates(entity -> entity.plain = "changed")).isEqualTo(1);
        assertThat((byte[]) FACTORY.raw("select note from Documents").get(0)).isEqualTo(before);
    }

    @Test
    void changes_within_it_are_written() {
        assertThat(updates(entity -> entity.note.text = "changed")).isEqualTo(1);
        assertThat(updates(entity -> entity.note.tags.add("tag"))).isEqualTo(1);
        assertThat(updates(entity -> entity.numbered.text = "changed")).isEqualTo(1);
        assertThat(updates(entity -> entity.notes.get(0).text = "changed")).isEqualTo(1);
        assertThat(updates(entity -> entity.notes.add(Note.of("added")))).isEqualTo(1);
        assertThat(updates(entity -> entity.map.get("k").remove("x"))).isEqualTo(1);
        assertThat(updates(entity -> entity.ints[1] = 9)).isEqualTo(1);
        assertThat(updates(entity -> entity.point = new Point(3, 4))).isEqualTo(1);
        assertThat(updates(entity -> entity.holder.tags().add("u"))).isEqualTo(1);

        Documents found = found();
        assertThat(found.note.text).isEqualTo("changed");
        assertThat(found.note.tags).containsExactly("tag");
        assertThat(found.numbered.text).isEqualTo("changed");
        assertThat(found.notes).extracting(note -> note.text).containsExactly("changed", "added");
        assertThat(found.map.get("k")).containsExactlyInAnyOrder("y", "z");
        assertThat(found.ints).containsExactly(1, 9);
        assertThat(found.point).isEqualTo(new Point(3, 4));
        assertThat(found.holder.tags()).containsExactly("t", "u");
    }

    @Test
    void a_change_after_persist_in_the_same_session_is_written() {
        empty();
        FACTORY.sessions().inTransaction(session -> {
            Documents entity = new Documents();
            session.persist(entity);
            session.flush();
            entity.note.text = "late";
            entity.ints[0] = 7;
        });
        assertThat(found().note.text).isEqualTo("late");
        assertThat(found().ints[0]).isEqualTo(7);
    }

    @Test
    void an_equal_document_is_no_change() {
        assertThat(updates(entity -> {
                    entity.note = Note.of("a");
                    entity.notes = List.of(Note.of("b"));
                    entity.ints = entity.ints.clone();
                    entity.point = new Point(1, 2);
                    entity.holder = new Holder(new Point(1, 2), List.of("t"));
                }))
                .isZero();
    }

    @Test
    void null_and_a_document_differ() {
        assertThat(updates(entity -> entity.note = null)).isEqualTo(1);
        assertThat(FACTORY.raw("select note from Documents")).containsExactly((Object) null);
        assertThat(updates(entity -> entity.note = Note.of("again"))).isEqualTo(1);
        assertThat(found().note.text).isEqualTo("again");
    }

    @Test
    void a_merge_writes_changes_and_shares_nothing_with_the_detached_object() {
        Documents detached = found();
        Statistics statistics = FACTORY.sessions().getStatistics();
        statistics.clear();
        FACTORY.sessions().inTransaction(session -> session.merge(detached));
        assertThat(statistics.getEntityUpdateCount()).isZero();

        detached.note.text = "merged";
        FACTORY.sessions().inTransaction(session -> {
            Documents merged = session.merge(detached);
            assertThat(merged.note).isNotSameAs(detached.note);
            detached.note.text = "later";
        });
        assertThat(found().note.text).isEqualTo("merged");
    }

    @Test
    void a_cached_entity_is_ciphertext_in_the_cache_and_another_object_each_time() {
        found();
        Documents one = FACTORY.find(Documents.class, 1L);
        one.note.text = "changed outside a session";
        Documents other = FACTORY.find(Documents.class, 1L);
        assertThat(FACTORY.sessions().getStatistics().getSecondLevelCacheHitCount())
                .isPositive();
        assertThat(other.note.text).isEqualTo("a");
    }

    @Test
    void a_stateless_session_writes_what_it_is_given() {
        FACTORY.sessions().inStatelessTransaction(session -> {
            Documents entity = session.get(Documents.class, 1L);
            entity.note.text = "stateless";
            session.update(entity);
        });
        assertThat(found().note.text).isEqualTo("stateless");
    }

    @Test
    void a_refresh_takes_changes_back() {
        FACTORY.sessions().inTransaction(session -> {
            Documents entity = session.find(Documents.class, 1L);
            entity.note.text = "changed";
            session.refresh(entity);
            assertThat(entity.note.text).isEqualTo("a");
        });
    }

    static class Sub extends Note {
        public String more = "more";
    }

    @Test
    void an_object_of_a_subclass_is_refused_since_its_own_fields_would_be_lost() {
        assertThatThrownBy(() -> updates(entity -> entity.note = new Sub()))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Documents.note")
                .hasMessageContaining("a subclass of");
        assertThatThrownBy(() -> updates(entity -> entity.notes.add(new Sub())))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("Documents.notes");
        assertThat(found().note.text).isEqualTo("a");
        assertThat(found().notes).hasSize(1);
    }
}
