package io.cipherfield.spring.clinic;

import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.LocalDate;

@Entity
public class Patient {

    @Id
    @GeneratedValue
    private Long id;

    private String name;

    @Encrypted
    private String ssn;

    @Encrypted
    private LocalDate born;

    protected Patient() {}

    public Patient(String name, String ssn, LocalDate born) {
        this.name = name;
        this.ssn = ssn;
        this.born = born;
    }

    public Long id() {
        return id;
    }

    @Override
    public String toString() {
        return name + " " + ssn + " " + born;
    }
}
