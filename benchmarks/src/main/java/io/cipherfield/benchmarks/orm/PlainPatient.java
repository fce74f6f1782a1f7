package io.cipherfield.benchmarks.orm;

import jakarta.persistence.Entity;

@Entity
class PlainPatient extends Patient {

    String name = "";

    String street = "";

    String note = "";

    PlainPatient() {}

    PlainPatient(Sample sample) {
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
