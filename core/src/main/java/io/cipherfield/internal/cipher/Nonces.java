package io.cipherfield.internal.cipher;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes from {@link SecureRandom}, drawn in blocks since each draw has a fixed cost, and wiped as they are handed
 * out. Not safe for use by several threads: it is part of a pooled state.
 */
final class Nonces {

    private static final int BLOCK_SIZE_IN_BYTES = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] block = new byte[BLOCK_SIZE_IN_BYTES];
    private int position = BLOCK_SIZE_IN_BYTES;

    void next(byte[] out, int offset, int length) {
        if (position + length > BLOCK_SIZE_IN_BYTES) {
            RANDOM.nextBytes(block);
            position = 0;
        }
        System.arraycopy(block, position, out, offset, length);
        Arrays.fill(block, position, position + length, (byte) 0);
        position += length;
    }
}
