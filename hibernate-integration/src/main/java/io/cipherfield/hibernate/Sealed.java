package io.cipherfield.hibernate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored form on its way to or from JDBC or a cache: ciphertext, or the value itself where it stands in clear in the database. Hibernate binds, logs,
 * compares and caches this holder in place of the value. It prints a mask, and plaintext leaves the JVM encrypted: the query cache keeps
 * rows as JDBC returned them, and may keep them on a disk or in another process.
 */
final class Sealed implements Serializable {

    static final String MASK = "<encrypted>";

    private static final long serialVersionUID = 2L;

    /** {@code byte[]} or String, as the storage says. */
    private final Serializable stored;

    private final boolean fromCache;

    /** Only of plaintext: encrypts it for its way out. */
    private final transient @Nullable CipherfieldService service;

    private Sealed(Object stored, boolean fromCache, @Nullable CipherfieldService service) {
        this.stored = (Serializable) stored;
        this.fromCache = fromCache;
        this.service = service;
    }

    /** Of ciphertext. */
    Sealed(Object stored) {
        this(stored, false, null);
    }

    static Sealed inClear(Object stored, CipherfieldService service) {
        return new Sealed(stored, false, service);
    }

    private Object writeReplace() {
        return service == null ? this : new Sealed(service.sealForCache(stored), true, null);
    }

    /** Whether it is plaintext that came back, and that the service's {@code openFromCache} opens. */
    boolean isFromCache() {
        return fromCache;
    }

    Object stored() {
        return stored;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed sealed
                && fromCache == sealed.fromCache
                && Objects.deepEquals(stored, sealed.stored);
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
