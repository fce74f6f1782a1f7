package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.OneToMany;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Each deterministic attribute has a twin that is not encrypted, whose name begins with {@code plain}: both must answer alike. */
final class Twins {

    static final Class<?>[] ENTITIES = {Person.class, Visit.class, Member.class, Guest.class};

    private Twins() {}

    enum Colour {
        RED,
        GREEN,
        BLUE
    }

    @Embeddable
    static class Place {
        @Encrypted(deterministic = true)
        String zip;

        String street;

        Place() {}

        Place(String zip, String street) {
            this.zip = zip;
            this.street = street;
        }
    }

    @Embeddable
    static class PlainPlace {
        @Column(name = "plain_zip")
        String zip;

        @Column(name = "plain_street")
        String street;

        PlainPlace() {}

        PlainPlace(String zip, String street) {
            this.zip = zip;
            this.street = street;
        }
    }

    @Entity(name = "Person")
    static class Person {
        @Id
        Long id;

        @Encrypted(deterministic = true)
        String tax;

        String plainTax;

        @Encrypted(deterministic = true, storage = Storage.BINARY)
        String compact;

        String plainCompact;

        @Encrypted(deterministic = true)
        LocalDate born;

        LocalDate plainBorn;

        @Encrypted(deterministic = true, storage = Storage.TEXT)
        Integer points;

        Integer plainPoints;

        @Encrypted(deterministic = true)
        UUID token;

        UUID plainToken;

        @Encrypted(deterministic = true)
        Colour colour;

        Colour plainColour;

        @Encrypted(deterministic = true)
        byte[] mark;

        byte[] plainMark;

        @Encrypted(deterministic = true)
        BigDecimal price;

        BigDecimal plainPrice;

        @Encrypted
        String secret;

        @Embedded
        Place place;

        @Embedded
        PlainPlace plainPlace;

        @ElementCollection
        @Encrypted(deterministic = true)
        List<String> tags = new ArrayList<>();

        @ElementCollection
        List<String> plainTags = new ArrayList<>();

        @OneToMany(mappedBy = "person", cascade = CascadeType.PERSIST)
        List<Visit> visits = new ArrayList<>();
    }

    @Entity(name = "Visit")
    static class Visit {
        @Id
        Long id;

        @Encrypted(context = "Person.tax", deterministic = true)
        String tax;

        String plainTax;

        @Encrypted(deterministic = true)
        String code;

        @jakarta.persistence.ManyToOne
        Person person;
    }

    @Entity(name = "Member")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Member {
        @Id
        Long id;

        @Encrypted(deterministic = true)
        String tax;

        String plainTax;

        String label;
    }

    @Entity(name = "Guest")
    static class Guest extends Member {
        @Encrypted(deterministic = true)
        String room;

        String plainRoom;

        String note;
    }

    /** Values repeat every third row, each sixth row holds nulls. */
    static Person person(long id) {
        Person person = new Person();
        person.id = id;
        person.secret = "secret " + id;
        person.place = new Place("zip " + id % 3, "street " + id % 3);
        person.plainPlace = new PlainPlace("zip " + id % 3, "street " + id % 3);
        person.tags.addAll(List.of("tag " + id % 3, "tag " + id % 4));
        person.plainTags.addAll(person.tags);
        for (int i = 0; i < 2; i++) {
            Visit visit = new Visit();
            visit.id = id * 10 + i;
            visit.person = person;
            visit.code = tax(id);
            visit.tax = (id + i) % 6 == 0 ? null : tax(id + i);
            visit.plainTax = visit.tax;
            person.visits.add(visit);
        }
        if (id % 6 != 0) {
            person.tax = tax(id);
            person.compact = tax(id);
            person.born = born(id);
            person.points = (int) (id % 3);
            person.token = token(id);
            person.colour = Colour.values()[(int) (id % 3)];
            person.mark = mark(id);
            person.price = new BigDecimal(id % 3 + ".50");
            person.plainTax = person.tax;
            person.plainCompact = person.compact;
            person.plainBorn = person.born;
            person.plainPoints = person.points;
            person.plainToken = person.token;
            person.plainColour = person.colour;
            person.plainMark = person.mark;
            person.plainPrice = person.price;
        }
        return person;
    }

    static Guest guest(long id) {
        Guest guest = new Guest();
        guest.id = id;
        guest.tax = id % 6 == 0 ? null : tax(id);
        guest.plainTax = guest.tax;
        guest.room = id % 6 == 0 ? null : tax(id);
        guest.plainRoom = guest.room;
        guest.label = "before";
        guest.note = "before";
        return guest;
    }

    static String tax(long id) {
        return "tax " + id % 3;
    }

    static LocalDate born(long id) {
        return LocalDate.of(2000, 1, 1 + (int) (id % 3));
    }

    static UUID token(long id) {
        return new UUID(7, id % 3);
    }

    static byte[] mark(long id) {
        return new byte[] {1, 2, (byte) (id % 3)};
    }
}
