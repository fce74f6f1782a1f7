package io.cipherfield.benchmarks.rotation;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = Account.TABLE)
class RawBinaryAccount extends RawAccount {

    byte[] secret = {};

    @Override
    byte[] ciphertext() {
        return secret;
    }

    @Override
    void ciphertext(byte[] newCiphertext) {
        secret = newCiphertext;
    }
}
