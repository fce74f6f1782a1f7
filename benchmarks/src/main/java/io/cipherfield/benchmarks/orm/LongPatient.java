package io.cipherfield.benchmarks.orm;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;

/** In clear, with texts as long as their ciphertexts in TEXT storage: what the size of a ciphertext costs by itself. */
@Entity
class LongPatient extends Patient {

    /** Header, nonce and synthetic IV. */
    private static final int OVERHEAD_IN_BYTES = 38;

    private static final String FILLER = "-".repeat(200);

    @Column(length = 400)
    String name = "";

    @Column(length = 400)
    String street = "";

    @Column(length = 400)
    String note = "";

    LongPatient() {}

    LongPatient(Sample sample) {
        super(sample);
        this.name = asLongAsCiphertext(sample.name());
        this.street = asLongAsCiphertext(sample.street());
        this.note = asLongAsCiphertext(sample.note());
    }

    private static String asLongAsCiphertext(String text) {
        int length = ((text.length() + OVERHEAD_IN_BYTES) * 4 + 2) / 3;
        return text + FILLER.substring(0, length - text.length());
    }

    private static String withoutFiller(String text) {
        return text.substring(0, text.indexOf('-'));
    }

    @Override
    Sample sample() {
        return new Sample(id, visits, withoutFiller(name), withoutFiller(street), withoutFiller(note));
    }
}
