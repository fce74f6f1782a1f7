package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each encrypted attribute beside an unencrypted twin that holds the same values. */
final class MatrixModel {

    static final Class<?>[] ENTITIES = {Sample.class, Root.class, Branch.class};

    private MatrixModel() {}

    enum Mood {
        CALM,
        TENSE
    }

    @Embeddable
    static class Address {
        @Encrypted
        String street;

        String streetTwin;
    }

    @Entity(name = "Sample")
    static class Sample {
        @Id
        Long id;

        String name;

        String textTwin;

        @Encrypted(storage = Storage.TEXT)
        String text;

        String bytesOfTextTwin;

        @Encrypted(storage = Storage.BINARY)
        String bytesOfText;

        @Column(name = "number_twin")
        Integer numberTwin;

        @Encrypted
        @Column(name = "number_")
        Integer number;

        BigDecimal decimalTwin;

        @Encrypted(storage = Storage.TEXT)
        @Column(name = "decimal_")
        BigDecimal decimal;

        LocalDate dateTwin;

        @Encrypted
        @Column(name = "date_")
        LocalDate date;

        Boolean flagTwin;

        @Encrypted(storage = Storage.TEXT)
        Boolean flag;

        @Enumerated(EnumType.STRING)
        Mood moodTwin;

        @Encrypted
        Mood mood;

        byte[] bytesTwin;

        @Encrypted
        byte[] bytes;

        Address address = new Address();

        @ElementCollection
        List<String> notesTwin = new ArrayList<>();

        @ElementCollection
        @Encrypted
        List<String> notes = new ArrayList<>();

        @ElementCollection
        Map<String, String> labelsTwin = new HashMap<>();

        @ElementCollection
        @Encrypted
        Map<String, String> labels = new HashMap<>();
    }

    @Entity(name = "Root")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Root {
        @Id
        Long id;

        String name;
    }

    @Entity(name = "Branch")
    static class Branch extends Root {
        @Encrypted
        String code;

        String codeTwin;
    }

    public record View(Long id, Object value) {}
}
