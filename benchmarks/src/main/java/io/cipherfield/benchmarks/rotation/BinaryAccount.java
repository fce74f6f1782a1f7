package io.cipherfield.benchmarks.rotation;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = Account.TABLE)
class BinaryAccount extends EncryptedAccount {

    @Encrypted(storage = Storage.BINARY, context = Account.CONTEXT)
    String secret = "";

    @Override
    void secret(String newSecret) {
        secret = newSecret;
    }
}
