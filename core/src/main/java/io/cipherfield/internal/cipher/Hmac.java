package io.cipherfield.internal.cipher;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) with SHA-256 or SHA-512 from two digests that have taken in the padded key once and are cloned for each value, which
 * takes about half the time of a cached {@code javax.crypto.Mac}. Safe for use by many threads at once.
 */
public final class Hmac {

    private final MessageDigest inner;
    private final MessageDigest outer;

    private Hmac(String hash, int blockSizeInBytes, byte[] key) {
        byte[] padded =
                Arrays.copyOf(key.length > blockSizeInBytes ? newDigest(hash).digest(key) : key, blockSizeInBytes);
        inner = keyed(hash, padded, (byte) 0x36);
        outer = keyed(hash, padded, (byte) 0x5c);
        Arrays.fill(padded, (byte) 0);
    }

    /** @param key any length, also none; a key longer than 64 bytes is hashed first, as the RFC says */
    public static Hmac sha256(byte[] key) {
        return new Hmac("SHA-256", 64, key);
    }

    /** @param key any length, also none; a key longer than 128 bytes is hashed first, as the RFC says */
    public static Hmac sha512(byte[] key) {
        return new Hmac("SHA-512", 128, key);
    }

    private static MessageDigest keyed(String hash, byte[] paddedKey, byte mask) {
        byte[] masked = paddedKey.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= mask;
        }
        MessageDigest digest = newDigest(hash);
        digest.update(masked);
        Arrays.fill(masked, (byte) 0);
        return digest;
    }

    private static MessageDigest newDigest(String hash) {
        try {
            return MessageDigest.getInstance(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new CipherUnavailableException(hash, e);
        }
    }

    /** @return 32 bytes with SHA-256, 64 with SHA-512 */
    public byte[] of(byte[] message) {
        try {
            MessageDigest digest = (MessageDigest) inner.clone();
            byte[] innerHash = digest.digest(message);
            digest = (MessageDigest) outer.clone();
            digest.update(innerHash);
            return digest.digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This Java runtime's SHA-2 cannot be cloned; use its own provider.", e);
        }
    }
}
