package io.cipherfield.value;

import java.nio.ByteBuffer;

/** Byte arrays. */
final class BytesCodec extends ValueCodec<byte[]> {

    BytesCodec() {
        super(byte[].class, ValueType.BYTES);
    }

    @Override
    public byte[] encode(byte[] value, int padTo) {
        return TypedPlaintext.frame(type(), value, padTo);
    }

    @Override
    byte[] read(ValueType written, ByteBuffer value) {
        return TypedPlaintext.bytes(value);
    }

    @Override
    public LengthUnit lengthUnit() {
        return LengthUnit.BYTES;
    }

    @Override
    public int lengthOf(byte[] value) {
        return value.length;
    }

    @Override
    public long maxPlaintextLength(long declaredLength, int padTo) {
        return 1 + padded(declaredLength, padTo);
    }

    static long padded(long length, int multiple) {
        return multiple == 0 ? length : (length / multiple + 1) * multiple;
    }

    @Override
    public boolean paddable() {
        return true;
    }
}
