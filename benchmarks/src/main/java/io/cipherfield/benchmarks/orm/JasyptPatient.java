package io.cipherfield.benchmarks.orm;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;

@Entity
class JasyptPatient extends Patient {

    @Convert(converter = JasyptConverter.class)
    String name = "";

    @Convert(converter = JasyptConverter.class)
    String street = "";

    @Convert(converter = JasyptConverter.class)
    String note = "";

    JasyptPatient() {}

    JasyptPatient(Sample sample) {
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
