package io.cipherfield.internal.cipher;

/** SHAKE-128 (FIPS 202), which Java 17 does not have and a published XAES test needs. For tests: it takes its time. */
final class Shake128 {

    private static final int RATE = 168;
    private static final int[] ROTATIONS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] LANES = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };
    private static final long[] ROUND_CONSTANTS = roundConstants();

    private final long[] state = new long[25];
    private int position;
    private boolean squeezing;

    Shake128 absorb(byte[] input) {
        for (byte b : input) {
            xor(position++, b);
            if (position == RATE) {
                permute();
                position = 0;
            }
        }
        return this;
    }

    byte[] squeeze(int length) {
        if (!squeezing) {
            xor(position, (byte) 0x1F);
            xor(RATE - 1, (byte) 0x80);
            permute();
            position = 0;
            squeezing = true;
        }
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            if (position == RATE) {
                permute();
                position = 0;
            }
            out[i] = (byte) (state[position / 8] >>> (8 * (position % 8)));
            position++;
        }
        return out;
    }

    private void xor(int index, byte b) {
        state[index / 8] ^= (b & 0xFFL) << (8 * (index % 8));
    }

    private void permute() {
        long[] column = new long[5];
        for (long roundConstant : ROUND_CONSTANTS) {
            for (int x = 0; x < 5; x++) {
                column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            }
            for (int x = 0; x < 5; x++) {
                long d = column[(x + 4) % 5] ^ Long.rotateLeft(column[(x + 1) % 5], 1);
                for (int y = 0; y < 25; y += 5) {
                    state[y + x] ^= d;
                }
            }
            long moved = state[1];
            for (int i = 0; i < 24; i++) {
                long next = state[LANES[i]];
                state[LANES[i]] = Long.rotateLeft(moved, ROTATIONS[i]);
                moved = next;
            }
            for (int y = 0; y < 25; y += 5) {
                System.arraycopy(state, y, column, 0, 5);
                for (int x = 0; x < 5; x++) {
                    state[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
                }
            }
            state[0] ^= roundConstant;
        }
    }

    /** From the linear feedback shift register of FIPS 202, section 3.2.5. */
    private static long[] roundConstants() {
        long[] constants = new long[24];
        int register = 1;
        for (int round = 0; round < 24; round++) {
            for (int j = 0; j <= 6; j++) {
                if ((register & 1) != 0) {
                    constants[round] |= 1L << ((1 << j) - 1);
                }
                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }
        return constants;
    }
}
