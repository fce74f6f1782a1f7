package io.cipherfield.internal.cipher;

import java.util.Arrays;

/** HKDF-SHA256 (RFC 5869). */
public final class Hkdf {

    private Hkdf() {}

    /**
     * Extracts and expands.
     *
     * @param length at most 255 × 32 bytes
     */
    public static byte[] derive(byte[] keyMaterial, byte[] salt, byte[] info, int length) {
        byte[] pseudoRandomKey = Hmac.sha256(salt).of(keyMaterial);
        Hmac hmac = Hmac.sha256(pseudoRandomKey);
        Arrays.fill(pseudoRandomKey, (byte) 0);
        byte[] out = new byte[length];
        byte[] previous = new byte[0];
        for (int done = 0, counter = 1; done < length; counter++) {
            byte[] message = Arrays.copyOf(previous, previous.length + info.length + 1);
            System.arraycopy(info, 0, message, previous.length, info.length);
            message[message.length - 1] = (byte) counter;
            Arrays.fill(previous, (byte) 0);
            previous = hmac.of(message);
            int size = Math.min(previous.length, length - done);
            System.arraycopy(previous, 0, out, done, size);
            done += size;
            Arrays.fill(message, (byte) 0);
        }
        Arrays.fill(previous, (byte) 0);
        return out;
    }
}
