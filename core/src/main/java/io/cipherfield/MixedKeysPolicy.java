package io.cipherfield;

/**
 * Whether deterministic columns may be compared with each other, grouped or made distinct while the ring holds several keys: the
 * setting {@code cipherfield.mixed-keys}. Comparison with a value is always right, under all keys.
 */
public enum MixedKeysPolicy {
    /** Such statements fail, since equal values under different keys have different ciphertexts and would not fall together. */
    REFUSE,
    /** Such statements run, and take equal values under different keys for different ones until the rotation is finished. */
    ALLOW
}
