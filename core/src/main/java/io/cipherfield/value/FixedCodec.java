package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A type all of whose values take the same width. */
final class FixedCodec<T> extends ValueCodec<T> {

    private final BiConsumer<ByteBuffer, T> writer;
    private final Function<ByteBuffer, T> reader;

    FixedCodec(Class<T> javaType, ValueType type, BiConsumer<ByteBuffer, T> writer, Function<ByteBuffer, T> reader) {
        super(javaType, type);
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public byte[] encode(T value, int padTo) {
        ByteBuffer framed = ByteBuffer.allocate(1 + type().width());
        framed.put(type().code());
        writer.accept(framed, value);
        return framed.array();
    }

    @Override
    T read(ValueType written, ByteBuffer value) {
        return reader.apply(value);
    }

    @Override
    public long maxPlaintextLength(long declaredLength, int padTo) {
        return 1L + type().width();
    }
}
