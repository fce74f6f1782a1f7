package io.cipherfield.benchmarks.orm;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Entity;

@Entity
class TextPatient extends Patient {

    @Encrypted(storage = Storage.TEXT)
    String name = "";

    @Encrypted(storage = Storage.TEXT)
    String street = "";

    @Encrypted(storage = Storage.TEXT)
    String note = "";

    TextPatient() {}

    TextPatient(Sample sample) {
        super(sample);
        this.name = sample.name();
        this.street = sample.street();
        this.note = sample.note();
    }

    @Override
    Sample sample() {
        return new Sample(id, visits, name, street, note);
    }
}
