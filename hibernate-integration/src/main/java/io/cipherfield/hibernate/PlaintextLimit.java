package io.cipherfield.hibernate;

import io.cipherfield.CiphertextText;
import io.cipherfield.Suite;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodec.LengthUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long a value may be, and how long the column that holds its ciphertext must be. */
final class PlaintextLimit {

    private static final long NONE = Long.MAX_VALUE;
    /** The suite may change by a setting; the column must not have to. */
    private static final Suite LONGEST = Suite.XAES_256_GCM;

    private final ValueCodec<Object> codec;
    private final int padTo;
    /** In the codec's unit. Set by the binder, before there is a session. */
    private volatile long max = NONE;

    private volatile long columnLength;

    PlaintextLimit(ValueCodec<Object> codec, int padTo) {
        this.codec = codec;
        this.padTo = padTo;
    }

    LengthUnit unit() {
        return codec.lengthUnit();
    }

    /** @return the column's length, in bytes for BINARY and in ASCII characters for TEXT */
    long declare(long maxLength, Storage storage) {
        if (codec.lengthUnit() != LengthUnit.NONE) {
            max = maxLength;
        }
        return columnLength(maxLength, storage);
    }

    /** The same without declaring anything. */
    long columnLength(long maxLength, Storage storage) {
        long bytes = LONGEST.overheadInBytes() + codec.maxPlaintextLength(maxLength, padTo);
        return storage == Storage.TEXT ? CiphertextText.lengthInChars(bytes) : bytes;
    }

    void columnIs(long length) {
        columnLength = length;
    }

    /** What the binder declared, or 0 if it declared nothing. */
    long columnLength() {
        return columnLength;
    }

    /** What is wrong with the value's length, or null. */
    @Nullable
    String violation(Object value) {
        if (max == NONE) {
            return null;
        }
        int length = codec.lengthOf(value);
        if (length <= max) {
            return null;
        }
        String unit = codec.lengthUnit().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "allows " + max + " " + unit + ", and was given a value of " + length + " " + unit
                + ". Nothing was written. Raise the length in @Column and widen the column, or shorten the value";
    }
}
