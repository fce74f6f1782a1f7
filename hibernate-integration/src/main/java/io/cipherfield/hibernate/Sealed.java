package io.cipherfield.hibernate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * A ciphertext on its way to or from JDBC or a cache. Hibernate binds, logs, compares and caches this holder in place of the value, and it
 * holds no plaintext at any time, so that none can leak from there.
 */
final class Sealed implements Serializable {

    static final String MASK = "<encrypted>";

    private static final long serialVersionUID = 1L;

    /** {@code byte[]} or String, as the storage says. */
    private final Serializable stored;

    Sealed(Object stored) {
        this.stored = (Serializable) stored;
    }

    Object stored() {
        return stored;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed sealed && Objects.deepEquals(stored, sealed.stored);
    }

    @Override
    public int hashCode() {
        return stored instanceof byte[] bytes ? Arrays.hashCode(bytes) : stored.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
