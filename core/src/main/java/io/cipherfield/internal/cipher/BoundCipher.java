package io.cipherfield.internal.cipher;

import org.jspecify.annotations.Nullable;

/**
 * An authenticated cipher for one key and one first component of associated data, so that all that depends on these two
 * alone is worked out once. Instances are safe for use by many threads at once.
 */
public interface BoundCipher {

    /** What {@link #seal} adds to the plaintext, in bytes: nonce and tag or synthetic IV. */
    int overheadInBytes();

    /**
     * Encrypts {@code plaintext} into {@code out} from {@code offset} to the end of the array, which must leave exactly
     * {@code plaintext.length + overheadInBytes()} bytes.
     */
    void seal(byte[] plaintext, byte[] out, int offset);

    /**
     * Decrypts what stands in {@code in} from {@code offset} to the end of the array, which must be at least {@link
     * #overheadInBytes()} bytes.
     *
     * @return the plaintext, or null if the value is not authentic under this key and associated data
     */
    byte @Nullable [] open(byte[] in, int offset);
}
