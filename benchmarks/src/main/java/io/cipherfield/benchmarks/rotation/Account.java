package io.cipherfield.benchmarks.rotation;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;

/** A row of the table that is rotated, but for its column {@code secret}. */
@MappedSuperclass
abstract class Account {

    static final String TABLE = "account";
    static final String CONTEXT = "Account.secret";

    @Id
    long id;

    int visits;
}
