package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Plain attributes, and beside them the encrypted ones that take their place. */
final class CopiedEntities {

    private CopiedEntities() {}

    enum Kind {
        IN,
        OUT
    }

    @Converter
    static class Numbered implements AttributeConverter<Integer, String> {
        @Override
        public String convertToDatabaseColumn(Integer value) {
            return value == null ? null : "no " + value;
        }

        @Override
        public Integer convertToEntityAttribute(String stored) {
            if (stored != null && !stored.startsWith("no ")) {
                throw new IllegalArgumentException("No number: " + stored);
            }
            return stored == null ? null : Integer.valueOf(stored.substring(3));
        }
    }

    @Embeddable
    static class Key implements Serializable {
        @Column(length = 20)
        String ward;

        Integer number;

        Key() {}

        Key(String ward, Integer number) {
            this.ward = ward;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && ward.equals(key.ward) && number.equals(key.number);
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    @Embeddable
    static class Stay {
        @Column(name = "stay_since")
        LocalDate since;

        @Column(name = "stay_since_encrypted")
        @Encrypted
        LocalDate sinceEncrypted;
    }

    @Entity(name = "Copied")
    @Table(name = "copied")
    @SecondaryTable(name = "copied_detail")
    static class Copied {
        @EmbeddedId
        Key id;

        LocalDate born;

        @Encrypted
        LocalDate bornEncrypted;

        @Column(precision = 12, scale = 2)
        BigDecimal salary;

        @Encrypted
        BigDecimal salaryEncrypted;

        @Enumerated(EnumType.STRING)
        @Column(name = "kind_of")
        Kind kind;

        @Encrypted
        Kind kindEncrypted;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, String> details;

        @Encrypted
        Map<String, String> detailsEncrypted;

        @Convert(converter = Numbered.class)
        Integer bed;

        @Encrypted
        Integer bedEncrypted;

        Instant seen;

        @Encrypted
        Instant seenEncrypted;

        double weight;

        @Encrypted
        Double weightEncrypted;

        UUID code;

        @Encrypted
        UUID codeEncrypted;

        Stay stay = new Stay();

        @Column(table = "copied_detail")
        Integer score;

        @Encrypted
        @Column(table = "copied_detail")
        Integer scoreEncrypted;

        @ElementCollection
        List<LocalDate> visits = new ArrayList<>();

        Copied() {}

        Copied(int number) {
            id = new Key("ward", number);
            born = LocalDate.of(1950, 1, 1).plusDays(number);
            salary = BigDecimal.valueOf(100_050 + number, 2);
            kind = number % 2 == 0 ? Kind.IN : Kind.OUT;
            details = Map.of("height", "" + number);
            bed = number + 100;
            seen = Instant.parse("2026-01-01T00:00:00.123456Z").plusSeconds(number);
            weight = number / 8.0;
            code = new UUID(number, 7);
            stay.since = LocalDate.of(2026, 1, 1).plusDays(number);
            score = number;
        }

        List<Object> plain() {
            return List.of(born, salary, kind, details, bed, seen, weight, code, stay.since, score);
        }

        List<Object> encrypted() {
            return List.of(
                    bornEncrypted,
                    salaryEncrypted,
                    kindEncrypted,
                    detailsEncrypted,
                    bedEncrypted,
                    seenEncrypted,
                    weightEncrypted,
                    codeEncrypted,
                    stay.sinceEncrypted,
                    scoreEncrypted);
        }
    }

    @Entity(name = "CopiedPerson")
    @Table(name = "copied_person")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Person {
        @Id
        Long id;

        LocalDate born;
    }

    @Entity(name = "CopiedEmployee")
    @Table(name = "copied_employee")
    static class Employee extends Person {
        Integer salary;

        @Encrypted
        Integer salaryEncrypted;
    }

    @Entity(name = "CopiedAnimal")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Animal {
        @Id
        Long id;

        Integer age;

        @Encrypted
        Integer ageEncrypted;
    }

    @Entity(name = "CopiedCat")
    static class Cat extends Animal {}

    /** Another system encrypted the plain ones. */
    @Entity(name = "CopiedLegacy")
    @Table(name = "copied_legacy")
    static class Legacy {
        @Id
        Long id;

        @Column(precision = 30, scale = 0)
        BigDecimal balance;

        @Encrypted(legacy = "shifted")
        Long balanceEncrypted;

        String note;

        @Encrypted(legacy = "shifted")
        String noteEncrypted;
    }
}
