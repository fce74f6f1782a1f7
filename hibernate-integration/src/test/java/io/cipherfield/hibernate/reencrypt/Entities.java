package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Lob;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.UpdateTimestamp;

/** What the tests of the job re-encrypt. */
final class Entities {

    private Entities() {}

    @Embeddable
    static class Address {
        @Encrypted
        String street;

        @Encrypted(storage = Storage.BINARY)
        String town;
    }

    @Entity(name = "Account")
    @Table(name = "account")
    @SecondaryTable(name = "account_detail", pkJoinColumns = @PrimaryKeyJoinColumn(name = "account_id"))
    static class Account {
        @Id
        Long id;

        @Version
        int version;

        @UpdateTimestamp
        Instant touched;

        String plain;

        @Encrypted
        String token;

        @Encrypted
        byte[] secret;

        @Encrypted
        LocalDate expires;

        Address address = new Address();

        @Encrypted
        @Column(table = "account_detail")
        String note;

        Account() {}

        Account(long id, String token, byte[] secret, LocalDate expires) {
            this.id = id;
            this.token = token;
            this.secret = secret;
            this.expires = expires;
            this.plain = "plain " + id;
            this.address.street = token == null ? null : token + " Street";
            this.address.town = "Town";
            this.note = "note " + id;
        }

        String text() {
            return id + "|" + plain + "|" + token + "|" + (secret == null ? null : java.util.Arrays.toString(secret))
                    + "|" + expires + "|" + (address == null ? null : address.street + "|" + address.town) + "|" + note;
        }
    }

    @Entity(name = "Named")
    @Table(name = "named")
    static class Named {
        @Id
        @Column(length = 60)
        String id;

        @Encrypted
        String secret;

        Named() {}

        Named(String id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    @Entity(name = "Unique1")
    @Table(name = "unique_thing")
    static class UuidKeyed {
        @Id
        UUID id;

        @Encrypted
        String secret;

        UuidKeyed() {}

        UuidKeyed(UUID id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    @Entity(name = "BinaryKeyed")
    @Table(name = "binary_keyed")
    static class BinaryKeyed {
        @Id
        @Column(columnDefinition = "binary(16)")
        @org.hibernate.annotations.JdbcTypeCode(java.sql.Types.BINARY)
        UUID id;

        @Encrypted
        String secret;

        BinaryKeyed() {}

        BinaryKeyed(UUID id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    @MappedSuperclass
    abstract static class Audited {
        @Encrypted
        String author;
    }

    @Entity(name = "Person")
    @Table(name = "person")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Person extends Audited {
        @Id
        Integer id;

        @Encrypted
        String name;
    }

    @Entity(name = "Employee")
    @Table(name = "employee")
    static class Employee extends Person {
        @Encrypted
        Integer salary;
    }

    @Entity(name = "Big")
    @Table(name = "big")
    static class Big {
        @Id
        Long id;

        @Lob
        @Encrypted
        String text;

        Big() {}

        Big(Long id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    @Entity(name = "Row1")
    @Table(name = "\"Order Line\"")
    static class Simple {
        @Id
        Long id;

        @Encrypted
        @Column(name = "\"Secret Value\"")
        String secret;

        @Encrypted(storage = Storage.BINARY)
        String other;

        Simple() {}

        Simple(long id, String secret, String other) {
            this.id = id;
            this.secret = secret;
            this.other = other;
        }
    }
}
