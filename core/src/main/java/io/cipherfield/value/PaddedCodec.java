package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * A type whose values are short names or the like, padded so that nearly all take the same width. The width depends on the
 * value alone: equal values have equal plaintexts for ever, which deterministic ciphertexts need.
 */
final class PaddedCodec<T> extends ValueCodec<T> {

    private final int multiple;
    private final int longest;
    private final Function<T, byte[]> writer;
    private final Function<ByteBuffer, T> reader;

    /**
     * @param multiple what the padded value's length is a multiple of
     * @param longest the most bytes that a value may take before it is padded
     */
    PaddedCodec(
            Class<T> javaType,
            ValueType type,
            int multiple,
            int longest,
            Function<T, byte[]> writer,
            Function<ByteBuffer, T> reader) {
        super(javaType, type);
        this.multiple = multiple;
        this.longest = longest;
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public byte[] encode(T value, int padTo) {
        byte[] bytes = writer.apply(value);
        if (bytes.length > longest) {
            throw new ValueException("A value of type " + type() + " takes " + bytes.length + " bytes, and at most "
                    + longest + " are allowed.");
        }
        return TypedPlaintext.frame(type(), bytes, multiple);
    }

    @Override
    T read(ValueType written, ByteBuffer value) {
        return reader.apply(value);
    }

    @Override
    public long maxPlaintextLength(long declaredLength, int padTo) {
        return 1L + TypedPlaintext.paddedLength(longest, multiple);
    }
}
