package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.util.function.Function;

/** A type whose values are short names or the like, padded so that nearly all take the same width. */
final class PaddedCodec<T> extends ValueCodec<T> {

    private final int width;
    private final Function<T, byte[]> writer;
    private final Function<ByteBuffer, T> reader;

    /** @param width of which the padded value's length is a multiple; a value longer than one width is refused */
    PaddedCodec(
            Class<T> javaType, ValueType type, int width, Function<T, byte[]> writer, Function<ByteBuffer, T> reader) {
        super(javaType, type);
        this.width = width;
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public byte[] encode(T value, int padTo) {
        byte[] bytes = writer.apply(value);
        if (bytes.length >= width) {
            throw new ValueException("A value of type " + type() + " takes " + bytes.length + " bytes, and at most "
                    + (width - 1) + " are allowed.");
        }
        return TypedPlaintext.frame(type(), bytes, width);
    }

    @Override
    T read(ValueType written, ByteBuffer value) {
        return reader.apply(value);
    }

    @Override
    public LengthUnit lengthUnit() {
        return LengthUnit.NONE;
    }

    @Override
    public int lengthOf(T value) {
        return 0;
    }

    @Override
    public long maxPlaintextLength(long declaredLength, int padTo) {
        return 1L + width;
    }

    @Override
    public boolean paddable() {
        return false;
    }
}
