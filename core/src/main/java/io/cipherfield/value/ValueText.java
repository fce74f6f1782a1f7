package io.cipherfield.value;

import io.cipherfield.DecryptionException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Calendar;
import java.util.Date;
import java.util.HexFormat;

/**
 * Prints typed plaintexts as text without knowing the attribute's Java type: numbers plain, times in ISO 8601, enum constants
 * by name, JSON as it was written. Immutable and safe for use by many threads.
 */
public enum ValueText {
    /** Byte arrays in base64. */
    BYTES_AS_BASE64,
    /** Byte arrays in lower-case hex. */
    BYTES_AS_HEX;

    /** A number's zeros are written out up to here; what is longer is written with an exponent. */
    private static final int MAX_PLAIN_SCALE = 1000;

    /**
     * The text of a typed plaintext.
     *
     * @throws DecryptionException with reason MALFORMED_VALUE, without the value
     */
    public String of(byte[] plaintext) {
        ValueType type = TypedPlaintext.type(plaintext);
        ByteBuffer value = TypedPlaintext.value(plaintext, type);
        return switch (type) {
            case STRING, ENUM, URL, LOCALE, CURRENCY, JSON -> utf8(value, type);
            case STRING_UTF_16 -> Text.fromUtf16(value);
            case BYTES -> bytes(TypedPlaintext.bytes(value));
            default -> print(ValueCodecs.of(type).decode(plaintext));
        };
    }

    private static String utf8(ByteBuffer value, ValueType type) {
        try {
            return Text.fromUtf8(value);
        } catch (IllegalArgumentException e) {
            throw TypedPlaintext.malformed("The decrypted value is not a valid " + type + ".");
        }
    }

    private String bytes(byte[] value) {
        return this == BYTES_AS_HEX
                ? HexFormat.of().formatHex(value)
                : Base64.getEncoder().encodeToString(value);
    }

    @SuppressWarnings("JavaUtilDate") // It is one of the types.
    private static String print(Object value) {
        if (value instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) > MAX_PLAIN_SCALE ? number.toString() : number.toPlainString();
        }
        if (value instanceof Date date) {
            return epochMillis(date.getTime());
        }
        if (value instanceof Calendar calendar) {
            return epochMillis(calendar.getTimeInMillis()) + "["
                    + calendar.getTimeZone().getID() + "]";
        }
        return value.toString();
    }

    private static String epochMillis(long millis) {
        try {
            return Instant.ofEpochMilli(millis).toString();
        } catch (DateTimeException e) {
            return millis + " ms";
        }
    }
}
