package io.cipherfield.samples.plain;

import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.LocalDate;

@Entity
class Patient {

    @Id
    @GeneratedValue
    private Long id;

    private String name;

    @Encrypted
    private String ssn;

    @Encrypted
    private LocalDate born;

    /** For Hibernate, which fills the fields. */
    protected Patient() {}

    Patient(String name, String ssn, LocalDate born) {
        this.name = name;
        this.ssn = ssn;
        this.born = born;
    }

    /** For the demonstration: an application would not put such values into a string. */
    String toText() {
        return name + ", " + ssn + ", " + born;
    }
}
