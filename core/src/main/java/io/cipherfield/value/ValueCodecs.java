package io.cipherfield.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All Java types that can be encrypted, each with its encoding. */
public final class ValueCodecs {

    private static final int NAME_WIDTH = 32;
    private static final int LANGUAGE_TAG_WIDTH = 64;

    private static final Map<Class<?>, ValueCodec<?>> BY_JAVA_TYPE = new HashMap<>();

    static {
        add(new TextCodec<>(String.class, ValueType.STRING, text -> text, text -> text));
        add(new TextCodec<>(char[].class, ValueType.STRING, String::new, String::toCharArray));
        add(new TextCodec<>(URL.class, ValueType.URL, URL::toString, ValueCodecs::url));
        add(new BytesCodec());
        addNumbers();
        fixed(
                UUID.class,
                ValueType.UUID,
                (out, id) -> out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()),
                in -> new UUID(in.getLong(), in.getLong()));
        fixed(
                Currency.class,
                ValueType.CURRENCY,
                (out, currency) -> out.put(Text.utf8(currency.getCurrencyCode())),
                in -> Currency.getInstance(Text.fromUtf8(in)));
        add(new PaddedCodec<>(
                Locale.class,
                ValueType.LOCALE,
                LANGUAGE_TAG_WIDTH,
                LANGUAGE_TAG_WIDTH - 1,
                ValueCodecs::languageTag,
                ValueCodecs::locale));
        TimeCodecs.all().forEach(ValueCodecs::add);
    }

    private ValueCodecs() {}

    /**
     * The codec for an attribute's type, or null if values of that type cannot be encrypted.
     *
     * @param javaType a class, a primitive type or an enum; exactly this type, no subclass of a listed one
     */
    public static @Nullable ValueCodec<?> find(Class<?> javaType) {
        return javaType.isEnum() ? enumCodec(javaType) : BY_JAVA_TYPE.get(javaType);
    }

    /**
     * A codec for values that the application's own mapper writes as JSON.
     *
     * @param writer the JSON text of a value; a {@link ValueException} if it has none
     * @param reader its inverse; a {@link io.cipherfield.DecryptionException} for a text that is no such value. Neither may show the value
     */
    public static <T> ValueCodec<T> json(Class<T> javaType, Function<T, String> writer, Function<String, T> reader) {
        return new JsonCodec<>(javaType, writer, reader);
    }

    /** The codec whose values are written as this type, which must be neither {@link ValueType#ENUM} nor {@link ValueType#JSON}. */
    static ValueCodec<?> of(ValueType type) {
        for (ValueCodec<?> codec : BY_JAVA_TYPE.values()) {
            if (codec.type() == type) {
                return codec;
            }
        }
        throw new IllegalArgumentException(type.name());
    }

    private static void addNumbers() {
        fixed(Boolean.class, ValueType.BOOLEAN, (out, b) -> out.put((byte) (b ? 1 : 0)), ValueCodecs::bool);
        fixed(Byte.class, ValueType.INT_8, ByteBuffer::put, ByteBuffer::get);
        fixed(Short.class, ValueType.INT_16, ByteBuffer::putShort, ByteBuffer::getShort);
        fixed(Integer.class, ValueType.INT_32, ByteBuffer::putInt, ByteBuffer::getInt);
        fixed(Long.class, ValueType.INT_64, ByteBuffer::putLong, ByteBuffer::getLong);
        fixed(Character.class, ValueType.CHAR, ByteBuffer::putChar, ByteBuffer::getChar);
        fixed(
                Float.class,
                ValueType.FLOAT_32,
                (out, f) -> out.putInt(Float.floatToRawIntBits(f)),
                in -> Float.intBitsToFloat(in.getInt()));
        fixed(
                Double.class,
                ValueType.FLOAT_64,
                (out, d) -> out.putLong(Double.doubleToRawLongBits(d)),
                in -> Double.longBitsToDouble(in.getLong()));
        primitive(boolean.class, Boolean.class);
        primitive(byte.class, Byte.class);
        primitive(short.class, Short.class);
        primitive(int.class, Integer.class);
        primitive(long.class, Long.class);
        primitive(char.class, Character.class);
        primitive(float.class, Float.class);
        primitive(double.class, Double.class);
        add(new NumberCodec<>(
                BigInteger.class,
                ValueType.BIG_INTEGER,
                0,
                BigInteger::toByteArray,
                in -> new BigInteger(TypedPlaintext.bytes(in)),
                number -> new BigDecimal(number).precision()));
        add(new NumberCodec<>(
                BigDecimal.class,
                ValueType.DECIMAL,
                Integer.BYTES,
                ValueCodecs::decimalBytes,
                ValueCodecs::decimal,
                BigDecimal::precision));
    }

    private static byte[] decimalBytes(BigDecimal number) {
        byte[] unscaled = number.unscaledValue().toByteArray();
        return ByteBuffer.allocate(Integer.BYTES + unscaled.length)
                .putInt(number.scale())
                .put(unscaled)
                .array();
    }

    private static BigDecimal decimal(ByteBuffer in) {
        int scale = in.getInt();
        return new BigDecimal(new BigInteger(TypedPlaintext.bytes(in)), scale);
    }

    private static boolean bool(ByteBuffer in) {
        byte b = in.get();
        if (b != 0 && b != 1) {
            throw new IllegalArgumentException();
        }
        return b == 1;
    }

    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException();
        }
    }

    private static byte[] languageTag(Locale locale) {
        String tag = locale.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(locale)) {
            throw new ValueException("A Locale that no BCP 47 language tag stands for cannot be stored.");
        }
        return Text.utf8(tag);
    }

    private static Locale locale(ByteBuffer in) {
        String tag = Text.fromUtf8(in);
        Locale locale = Locale.forLanguageTag(tag);
        // What it does not understand, it drops in silence.
        if (!locale.toLanguageTag().equals(tag)) {
            throw new IllegalArgumentException();
        }
        return locale;
    }

    /** All constants whose names have fewer than 32 bytes take the same width. */
    private static <E> ValueCodec<E> enumCodec(Class<E> javaType) {
        Map<String, E> constants = new HashMap<>();
        int longest = 0;
        for (E constant : javaType.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            constants.put(name, constant);
            longest = Math.max(longest, Text.utf8(name).length);
        }
        return new PaddedCodec<>(
                javaType,
                ValueType.ENUM,
                NAME_WIDTH,
                longest,
                constant -> Text.utf8(((Enum<?>) constant).name()),
                in -> {
                    E constant = constants.get(Text.fromUtf8(in));
                    if (constant == null) {
                        throw TypedPlaintext.malformed("The decrypted value names a constant that the enum "
                                + javaType.getName() + " does not have: it was renamed or removed.");
                    }
                    return constant;
                });
    }

    private static <T> void fixed(
            Class<T> javaType, ValueType type, BiConsumer<ByteBuffer, T> writer, Function<ByteBuffer, T> reader) {
        add(new FixedCodec<>(javaType, type, writer, reader));
    }

    private static void primitive(Class<?> primitive, Class<?> wrapper) {
        BY_JAVA_TYPE.put(primitive, BY_JAVA_TYPE.get(wrapper));
    }

    private static void add(ValueCodec<?> codec) {
        BY_JAVA_TYPE.put(codec.javaType(), codec);
    }
}
