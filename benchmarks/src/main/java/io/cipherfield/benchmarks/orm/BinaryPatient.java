package io.cipherfield.benchmarks.orm;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Entity;

@Entity
class BinaryPatient extends Patient {

    @Encrypted(storage = Storage.BINARY)
    String name = "";

    @Encrypted(storage = Storage.BINARY)
    String street = "";

    @Encrypted(storage = Storage.BINARY)
    String note = "";

    BinaryPatient() {}

    BinaryPatient(Sample sample) {
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
