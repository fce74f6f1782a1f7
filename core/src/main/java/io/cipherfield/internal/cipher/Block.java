package io.cipherfield.internal.cipher;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Arithmetic on 128-bit blocks as two big-endian longs. */
final class Block {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private static final long REDUCTION = 0x87;

    final long high;
    final long low;

    Block(long high, long low) {
        this.high = high;
        this.low = low;
    }

    static Block read(byte[] bytes, int offset) {
        return new Block(getLong(bytes, offset), getLong(bytes, offset + 8));
    }

    /** Multiplication by x in GF(2^128), "dbl" in RFC 5297, section 2.3; without branches on the value. */
    Block doubled() {
        return new Block((high << 1) | (low >>> 63), (low << 1) ^ ((high >> 63) & REDUCTION));
    }

    Block xor(Block other) {
        return new Block(high ^ other.high, low ^ other.low);
    }

    void write(byte[] bytes, int offset) {
        putLong(bytes, offset, high);
        putLong(bytes, offset + 8, low);
    }

    void xorInto(byte[] bytes, int offset) {
        putLong(bytes, offset, getLong(bytes, offset) ^ high);
        putLong(bytes, offset + 8, getLong(bytes, offset + 8) ^ low);
    }

    static long getLong(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static void putLong(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    /** {@code out[outOffset + i] = a[aOffset + i] ^ b[i]}. */
    static void xor(byte[] a, int aOffset, byte[] b, byte[] out, int outOffset, int length) {
        int i = 0;
        for (; i <= length - 8; i += 8) {
            putLong(out, outOffset + i, getLong(a, aOffset + i) ^ getLong(b, i));
        }
        for (; i < length; i++) {
            out[outOffset + i] = (byte) (a[aOffset + i] ^ b[i]);
        }
    }
}
