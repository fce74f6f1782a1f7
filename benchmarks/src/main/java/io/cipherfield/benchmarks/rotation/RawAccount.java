package io.cipherfield.benchmarks.rotation;

import jakarta.persistence.MappedSuperclass;

/** The ciphertext itself, as an application maps it that encrypts in its own code. */
@MappedSuperclass
abstract class RawAccount extends Account {

    abstract byte[] ciphertext();

    abstract void ciphertext(byte[] newCiphertext);
}
