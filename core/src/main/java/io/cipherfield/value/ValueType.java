package io.cipherfield.value;

import org.jspecify.annotations.Nullable;

/**
 * The types of plaintext, each with its byte in format 1. Integers are big-endian and in two's complement. With the bit
 * {@link #PADDED} in the type byte, the value is followed by padding (ISO/IEC 7816-4: {@code 0x80}, then zeros).
 */
public enum ValueType {
    /** UTF-8. */
    STRING(0x01),
    /** UTF-16BE, for a string with an unpaired surrogate, which UTF-8 cannot hold. */
    STRING_UTF_16(0x02),
    BYTES(0x03),
    /** 0 or 1. */
    BOOLEAN(0x04, 1),
    INT_8(0x05, 1),
    INT_16(0x06, 2),
    INT_32(0x07, 4),
    INT_64(0x08, 8),
    /** IEEE 754, bit for bit. */
    FLOAT_32(0x09, 4),
    /** IEEE 754, bit for bit. */
    FLOAT_64(0x0A, 8),
    /** One UTF-16 code unit. */
    CHAR(0x0B, 2),
    /** Two's complement of any length; padded to a multiple of 16. */
    BIG_INTEGER(0x0C),
    /** Scale (32 bits) ‖ unscaled value in two's complement; padded to a multiple of 16. */
    DECIMAL(0x0D),
    UUID(0x0E, 16),
    /** The constant's name in UTF-8; padded to a multiple of 32. */
    ENUM(0x0F),
    /** Day of the epoch (64). */
    LOCAL_DATE(0x10, 8),
    /** Nanosecond of the day (64). */
    LOCAL_TIME(0x11, 8),
    /** Day of the epoch (64) ‖ nanosecond of the day (64). */
    LOCAL_DATE_TIME(0x12, 16),
    /** Second of the epoch (64) ‖ nanosecond (32). */
    INSTANT(0x13, 12),
    /** Nanosecond of the day (64) ‖ offset in seconds (32). */
    OFFSET_TIME(0x14, 12),
    /** Day of the epoch (64) ‖ nanosecond of the day (64) ‖ offset in seconds (32). */
    OFFSET_DATE_TIME(0x15, 20),
    /** Day of the epoch (64) ‖ nanosecond of the day (64) ‖ offset in seconds (32) ‖ zone id in UTF-8; padded to a multiple of 64. */
    ZONED_DATE_TIME(0x16),
    /** Seconds (64) ‖ nanosecond (32). */
    DURATION(0x17, 12),
    /** Years (32) ‖ months (32) ‖ days (32). */
    PERIOD(0x18, 12),
    /** 32 bits. */
    YEAR(0x19, 4),
    /** Year (32) ‖ month (8). */
    YEAR_MONTH(0x1A, 5),
    /** Month (8) ‖ day (8). */
    MONTH_DAY(0x1B, 2),
    /** Offset in seconds (32). */
    ZONE_OFFSET(0x1C, 4),
    /** Zone id in UTF-8; padded to a multiple of 64. */
    ZONE_ID(0x1D),
    /** Milliseconds of the epoch (64), of a {@code java.util.Date}. */
    DATE(0x1E, 8),
    /** Milliseconds of the epoch (64) ‖ zone id in UTF-8, of a {@code java.util.Calendar}; padded to a multiple of 64. */
    CALENDAR(0x1F),
    /** BCP 47 language tag in UTF-8; padded to a multiple of 64. */
    LOCALE(0x20),
    /** ISO 4217 code, three ASCII letters. */
    CURRENCY(0x21, 3),
    /** UTF-8. */
    URL(0x22),
    /** A JSON text (RFC 8259) in UTF-8; unpaired surrogates stand in it as escapes. */
    JSON(0x23);

    /** The bit of the type byte that says that padding follows. */
    static final int PADDED = 0x80;

    /** The width of types that have no fixed one. */
    static final int VARIABLE = -1;

    private static final @Nullable ValueType[] BY_CODE = new ValueType[PADDED];

    static {
        for (ValueType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final byte code;
    private final int width;

    ValueType(int code) {
        this(code, VARIABLE);
    }

    ValueType(int code, int width) {
        this.code = (byte) code;
        this.width = width;
    }

    /** The first byte of an unpadded plaintext of this type, 0x01 to 0x7F. */
    public byte code() {
        return code;
    }

    /** The value's width in bytes, or {@link #VARIABLE}. */
    int width() {
        return width;
    }

    /** Null if no type has this code. */
    static @Nullable ValueType ofCode(int code) {
        return BY_CODE[code & (PADDED - 1)];
    }
}
