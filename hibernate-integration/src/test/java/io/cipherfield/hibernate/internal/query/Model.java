package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SecondaryTable;
import java.util.ArrayList;
import java.util.List;

/** One entity for each way in which Hibernate treats statements differently. */
final class Model {

    static final Class<?>[] ENTITIES = {
        Ward.class,
        Patient.class,
        Archive.class,
        Account.class,
        Savings.class,
        Doc.class,
        Note.class,
        Vehicle.class,
        Car.class
    };

    private Model() {}

    enum Mood {
        CALM,
        TENSE
    }

    @MappedSuperclass
    abstract static class Person {
        @Encrypted
        String ssn;
    }

    @Embeddable
    static class Address {
        String city;

        @Encrypted
        String street;

        Address() {}

        Address(String city, String street) {
            this.city = city;
            this.street = street;
        }
    }

    @Entity(name = "Ward")
    static class Ward {
        @Id
        Long id;

        String name;

        @OneToMany(mappedBy = "ward", cascade = CascadeType.PERSIST)
        List<Patient> patients = new ArrayList<>();
    }

    /** One table, an assigned identifier. */
    @Entity(name = "Patient")
    static class Patient extends Person {
        @Id
        Long id;

        String name;

        Integer age;

        boolean active;

        @Encrypted
        String secret;

        @Encrypted
        String other;

        @Encrypted
        Integer salary;

        @Encrypted
        Boolean smoker;

        @Encrypted
        Mood mood;

        Address address;

        @ManyToOne
        Ward ward;
    }

    /** Takes copies: one attribute shares Patient.secret's context, one does not. */
    @Entity(name = "Archive")
    static class Archive {
        @Id
        Long id;

        @Encrypted(context = "Patient.secret")
        String secret;

        @Encrypted
        String own;

        String name;
    }

    /** Two tables, and an identifier of a pooled sequence. */
    @Entity(name = "Account")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Account {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        String label;

        @Encrypted
        String pin;
    }

    @Entity(name = "Savings")
    static class Savings extends Account {
        @Encrypted
        String code;

        String bank;
    }

    @Entity(name = "Doc")
    @SecondaryTable(name = "doc_body")
    static class Doc {
        @Id
        Long id;

        String title;

        @Column(table = "doc_body")
        @Encrypted
        String body;
    }

    /** One table, but a pooled sequence, for which Hibernate inserts by its multi-table strategy. */
    @Entity(name = "Note")
    static class Note {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        String title;

        @Encrypted
        String text;

        Address address;
    }

    /** Two tables, nothing encrypted. */
    @Entity(name = "Vehicle")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Vehicle {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        String label;
    }

    @Entity(name = "Car")
    static class Car extends Vehicle {
        String plate;
    }

    public record LooseView(Long id, Object secret) {}

    public record View(Long id, String secret) {}
}
