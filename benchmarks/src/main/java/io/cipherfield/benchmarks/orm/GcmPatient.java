package io.cipherfield.benchmarks.orm;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;

@Entity
class GcmPatient extends Patient {

    @Convert(converter = GcmConverter.class)
    String name = "";

    @Convert(converter = GcmConverter.class)
    String street = "";

    @Convert(converter = GcmConverter.class)
    String note = "";

    GcmPatient() {}

    GcmPatient(Sample sample) {
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
