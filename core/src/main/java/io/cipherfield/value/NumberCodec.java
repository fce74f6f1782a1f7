package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Numbers of any size, padded to multiples of 16 bytes; a declared length counts their decimal digits. */
final class NumberCodec<T> extends ValueCodec<T> {

    private static final int MULTIPLE = 16;
    private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);

    private final Function<T, byte[]> writer;
    private final Function<ByteBuffer, T> reader;
    private final ToIntFunction<T> digits;
    private final int prefixLength;

    /** @param prefixLength what stands before the unscaled value, in bytes */
    NumberCodec(
            Class<T> javaType,
            ValueType type,
            int prefixLength,
            Function<T, byte[]> writer,
            Function<ByteBuffer, T> reader,
            ToIntFunction<T> digits) {
        super(javaType, type);
        this.prefixLength = prefixLength;
        this.writer = writer;
        this.reader = reader;
        this.digits = digits;
    }

    @Override
    public byte[] encode(T value, int padTo) {
        return TypedPlaintext.frame(type(), writer.apply(value), MULTIPLE);
    }

    @Override
    T read(ValueType written, ByteBuffer value) {
        return reader.apply(value);
    }

    @Override
    public LengthUnit lengthUnit() {
        return LengthUnit.DECIMAL_DIGITS;
    }

    @Override
    public int lengthOf(T value) {
        return digits.applyAsInt(value);
    }

    @Override
    public long maxPlaintextLength(long declaredLength, int padTo) {
        int bits = (int) Math.floor(declaredLength * BITS_PER_DIGIT) + 1;
        int unscaled = bits / Byte.SIZE + 1;
        return 1L + TypedPlaintext.paddedLength(prefixLength + unscaled, MULTIPLE);
    }
}
