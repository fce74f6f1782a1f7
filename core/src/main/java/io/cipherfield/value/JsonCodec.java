package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.util.function.Function;

/** What a mapper of the application's writes as JSON. */
final class JsonCodec<T> extends ValueCodec<T> {

    private static final int MAX_BYTES_PER_CHAR = 3;

    private final Function<T, String> writer;
    private final Function<String, T> reader;

    JsonCodec(Class<T> javaType, Function<T, String> writer, Function<String, T> reader) {
        super(javaType, ValueType.JSON);
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public byte[] encode(T value, int padTo) {
        String json = writer.apply(value);
        return TypedPlaintext.frame(
                type(), Text.utf8(Text.isWellFormed(json) ? json : Text.escapeUnpairedSurrogates(json)), padTo);
    }

    @Override
    T read(ValueType written, ByteBuffer value) {
        return reader.apply(Text.fromUtf8(value));
    }

    @Override
    public LengthUnit lengthUnit() {
        return LengthUnit.CHARACTERS;
    }

    @Override
    public int lengthOf(T value) {
        return writer.apply(value).length();
    }

    @Override
    public long maxPlaintextLength(long declaredLength, int padTo) {
        return 1 + BytesCodec.padded(declaredLength * MAX_BYTES_PER_CHAR, padTo);
    }

    @Override
    public boolean paddable() {
        return true;
    }
}
