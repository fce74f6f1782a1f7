package io.cipherfield.internal.cipher;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes from {@link SecureRandom}, drawn in blocks since each draw has a fixed cost, and wiped as they are handed
 * out. Not safe for use by several threads: it is part of a pooled state.
 *
 * <p>A copy of the process, from a virtual machine's snapshot say, has the same block left. So blocks are for a cipher whose
 * repeated nonces tell no more than that two values are equal; others draw each nonce by {@link #fresh}.
 */
final class Nonces {

    private static final int BLOCK_SIZE_IN_BYTES = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] block = new byte[BLOCK_SIZE_IN_BYTES];
    private int position = BLOCK_SIZE_IN_BYTES;

    /** Drawn now, and kept nowhere. */
    static void fresh(byte[] out, int offset, int length) {
        byte[] nonce = new byte[length];
        RANDOM.nextBytes(nonce);
        System.arraycopy(nonce, 0, out, offset, length);
    }

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
