package io.cipherfield.internal.cipher;

/** AES-CMAC (RFC 4493, NIST SP 800-38B): its two sub-keys, and the MAC of short messages. */
final class Cmac {

    final Block completeBlockKey;
    final Block paddedBlockKey;

    private Cmac(Block l) {
        this.completeBlockKey = l.doubled();
        this.paddedBlockKey = completeBlockKey.doubled();
    }

    /** @param cbcMac AES under the MAC's key */
    static Cmac of(Aes cbcMac) {
        byte[] l = new byte[Aes.BLOCK_SIZE_IN_BYTES];
        cbcMac.finish(new byte[l.length], l.length, l);
        return new Cmac(Block.read(l, 0));
    }

    /** The MAC of a whole message; for set-up, not for the hot path. */
    Block of(byte[] message, Aes cbcMac) {
        int blocks = Math.max(1, (message.length + Aes.BLOCK_SIZE_IN_BYTES - 1) / Aes.BLOCK_SIZE_IN_BYTES);
        byte[] padded = new byte[blocks * Aes.BLOCK_SIZE_IN_BYTES];
        System.arraycopy(message, 0, padded, 0, message.length);
        closeLastBlock(padded, message.length);
        byte[] chained = new byte[padded.length];
        cbcMac.finish(padded, padded.length, chained);
        return Block.read(chained, padded.length - Aes.BLOCK_SIZE_IN_BYTES);
    }

    /**
     * Turns the last, perhaps incomplete, block of a message of {@code length} bytes at the start of {@code buffer} into
     * the block that CBC-MAC has to see. What follows the message in the buffer is overwritten up to the block's end.
     *
     * @return the length rounded up to whole blocks
     */
    int closeLastBlock(byte[] buffer, int length) {
        int tail = length % Aes.BLOCK_SIZE_IN_BYTES;
        if (tail == 0 && length > 0) {
            completeBlockKey.xorInto(buffer, length - Aes.BLOCK_SIZE_IN_BYTES);
            return length;
        }
        int end = length - tail + Aes.BLOCK_SIZE_IN_BYTES;
        buffer[length] = (byte) 0x80;
        for (int i = length + 1; i < end; i++) {
            buffer[i] = 0;
        }
        paddedBlockKey.xorInto(buffer, end - Aes.BLOCK_SIZE_IN_BYTES);
        return end;
    }
}
