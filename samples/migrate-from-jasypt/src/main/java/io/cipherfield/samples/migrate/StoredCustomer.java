package io.cipherfield.samples.migrate;

/** The entity, of whichever version. */
public interface StoredCustomer {

    CustomerData data();
}
