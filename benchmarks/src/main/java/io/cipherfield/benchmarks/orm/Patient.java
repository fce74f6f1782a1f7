package io.cipherfield.benchmarks.orm;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;

/** What all entities have in clear. Their three texts differ in how they are mapped, and in nothing else. */
@MappedSuperclass
abstract class Patient {

    @Id
    long id;

    int visits;

    Patient() {}

    Patient(Sample sample) {
        this.id = sample.id();
        this.visits = sample.visits();
    }

    abstract Sample sample();
}
