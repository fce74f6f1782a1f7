package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An owner with many elements that have no key. */
class LargeOwnerTest {

    private static final int ELEMENTS = Integer.getInteger("cipherfield.test.elements", 1_000);

    @Entity(name = "Shelf")
    @Table(name = "shelf")
    static class Shelf {
        @Id
        Long id;

        @ElementCollection
        @CollectionTable(name = "shelf_books")
        @Encrypted
        List<String> books = new ArrayList<>();

        static Shelf of(long id, int books) {
            Shelf shelf = new Shelf();
            shelf.id = id;
            IntStream.range(0, books).mapToObj(i -> "book " + i).forEach(shelf.books::add);
            return shelf;
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_element_is_rewritten_once(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Shelf.class)) {
            Report report = unit.job().run();
            assertThat(report.rewritten()).isEqualTo(ELEMENTS + 2);
            assertThat(report.scanned()).isEqualTo(ELEMENTS + 2);
            assertThat(report.successful()).isTrue();
            unit.sessions()
                    .inTransaction(session -> assertThat(session.find(Shelf.class, 2L).books)
                            .containsExactlyInAnyOrderElementsOf(Shelf.of(2, ELEMENTS).books));
        }
    }

    /** Each page goes through all of the owner's rows there: many small ones would take a time that grows with the square. */
    @Test
    void mariadb_goes_through_them_a_few_times_whatever_the_pages_size() {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        create(database);
        try (Unit unit = Unit.after(database, Shelf.class)) {
            assertThat(unit.job().pageSize(10).run().rewritten()).isEqualTo(ELEMENTS + 2);
            String pages = unit.raw("select sum(pages) from cipherfield_reencryption_range")
                    .get(0)
                    .get(0);
            assertThat(Integer.parseInt(pages)).isLessThan(50);
        }
    }

    private static void create(TestDatabase.Fresh database) {
        try (Unit unit = Unit.before(database, Shelf.class)) {
            unit.persist(Shelf.of(1, 1), Shelf.of(2, ELEMENTS), Shelf.of(3, 1));
        }
    }
}
