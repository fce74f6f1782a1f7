package io.cipherfield.benchmarks.rotation;

import jakarta.persistence.MappedSuperclass;

/** The secret in clear, which Cipherfield encrypts. */
@MappedSuperclass
abstract class EncryptedAccount extends Account {

    abstract void secret(String newSecret);
}
