package io.cipherfield.benchmarks.rotation;

import io.cipherfield.CiphertextText;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = Account.TABLE)
class RawTextAccount extends RawAccount {

    String secret = "";

    @Override
    byte[] ciphertext() {
        return CiphertextText.decode(secret);
    }

    @Override
    void ciphertext(byte[] newCiphertext) {
        secret = CiphertextText.encode(newCiphertext);
    }
}
