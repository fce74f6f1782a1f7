package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An attribute is encrypted whatever identifies its entity. */
class IdentifierShapesTest {

    record NumberedId(long number, String letter) implements Serializable {}

    @Entity(name = "Numbered")
    @IdClass(NumberedId.class)
    static class Numbered {
        @Id
        long number = 1;

        @Id
        String letter = "a";

        @Encrypted
        String secret = "of an id class";
    }

    @Entity(name = "TwoIds")
    static class TwoIds implements Serializable {
        @Id
        long number = 2;

        @Id
        @ManyToOne
        Numbered owner;

        @Encrypted
        String secret = "of two ids";
    }

    @Embeddable
    record Place(int x, int y) {}

    @Entity(name = "Placed")
    static class Placed {
        @EmbeddedId
        Place place = new Place(-1, 1);

        @Encrypted
        String secret = "of an embedded id";
    }

    @Entity(name = "Derived")
    static class Derived {
        @Id
        Long id;

        @MapsId
        @OneToOne
        Root root;

        @Encrypted
        String secret = "of a derived id";
    }

    @Entity(name = "Root")
    static class Root {
        @Id
        Long id = 3L;

        @Encrypted
        String secret = "of a plain id";
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_single_one_a_class_several_an_embedded_and_a_derived_one(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        List<Class<?>> entities = List.of(Numbered.class, TwoIds.class, Placed.class, Root.class, Derived.class);
        try (var factory = TestFactory.on(database, Map.of(), entities.toArray(Class<?>[]::new))) {
            factory.sessions().inTransaction(session -> {
                Numbered numbered = new Numbered();
                TwoIds two = new TwoIds();
                two.owner = numbered;
                Root root = new Root();
                Derived derived = new Derived();
                derived.root = root;
                List.of(numbered, two, new Placed(), root, derived).forEach(session::persist);
            });
            for (String entity : List.of("Numbered", "TwoIds", "Placed", "Root", "Derived")) {
                String read = factory.sessions()
                        .fromTransaction(
                                session -> session.createQuery("select e.secret from " + entity + " e", String.class)
                                        .getSingleResult());
                assertThat(read).startsWith("of ");
                String stored = factory.sessions()
                        .fromTransaction(
                                session -> session.createNativeQuery("select secret from " + entity, String.class)
                                        .getSingleResult());
                assertThat(CiphertextHeader.of(stored)).isNotNull();
            }
        }
    }
}
