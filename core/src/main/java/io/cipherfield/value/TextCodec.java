package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.util.function.Function;

/** Strings and what is kept as one. Empty strings stay empty, and unpaired surrogates stay what they are. */
final class TextCodec<T> extends ValueCodec<T> {

    private static final int MAX_BYTES_PER_CHAR = 3;

    private final Function<T, String> toText;
    private final Function<String, T> fromText;

    TextCodec(Class<T> javaType, ValueType type, Function<T, String> toText, Function<String, T> fromText) {
        super(javaType, type, ValueType.STRING_UTF_16);
        this.toText = toText;
        this.fromText = fromText;
    }

    @Override
    public byte[] encode(T value, int padTo) {
        String text = toText.apply(value);
        return Text.isWellFormed(text)
                ? TypedPlaintext.frame(type(), Text.utf8(text), padTo)
                : TypedPlaintext.frame(ValueType.STRING_UTF_16, Text.utf16(text), padTo);
    }

    @Override
    T read(ValueType written, ByteBuffer value) {
        return fromText.apply(written == ValueType.STRING_UTF_16 ? Text.fromUtf16(value) : Text.fromUtf8(value));
    }

    @Override
    public LengthUnit lengthUnit() {
        return LengthUnit.CHARACTERS;
    }

    @Override
    public int lengthOf(T value) {
        return toText.apply(value).length();
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
