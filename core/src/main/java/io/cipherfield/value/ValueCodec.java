package io.cipherfield.value;

import io.cipherfield.DecryptionException;
import io.cipherfield.DecryptionException.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Turns values of one Java type into typed plaintexts and back. Immutable and safe for use by many threads.
 *
 * @param <T> the Java type, boxed
 */
public abstract class ValueCodec<T> {

    /** What a column's declared length counts. */
    public enum LengthUnit {
        /** Nothing: all values of the type take the same width, or one that the type itself bounds. */
        NONE,
        CHARACTERS,
        BYTES,
        DECIMAL_DIGITS
    }

    private final Class<T> javaType;
    private final ValueType type;
    private final Set<ValueType> readable;

    ValueCodec(Class<T> javaType, ValueType type, ValueType... alsoReads) {
        this.javaType = javaType;
        this.type = type;
        this.readable = EnumSet.of(type, alsoReads);
    }

    /** The Java type, boxed where it is a primitive one. */
    public final Class<T> javaType() {
        return javaType;
    }

    /** The type that most values are written as; a string with an unpaired surrogate is written as another. */
    public final ValueType type() {
        return type;
    }

    /**
     * The typed plaintext of a value.
     *
     * @param padTo pads the value to a multiple of so many bytes; 0 for none; ignored unless {@link #paddable()}
     * @throws ValueException if this value has no encoding
     */
    public abstract byte[] encode(T value, int padTo);

    /**
     * The value of a typed plaintext.
     *
     * @throws DecryptionException with reason WRONG_TYPE or MALFORMED_VALUE, without the value
     */
    public final T decode(byte[] plaintext) {
        ValueType written = checkedType(plaintext);
        try {
            return read(written, TypedPlaintext.value(plaintext, written));
        } catch (BufferUnderflowException | DateTimeException | IllegalArgumentException e) {
            // Not as the cause: its message may hold a part of the value.
            throw TypedPlaintext.malformed("The decrypted value is not a valid " + written + ".");
        }
    }

    /**
     * The type of a typed plaintext, if it is one that {@link #decode} reads; the value itself is not looked at.
     *
     * @throws DecryptionException with reason WRONG_TYPE, or MALFORMED_VALUE if no type is known by its byte
     */
    public final ValueType checkedType(byte[] plaintext) {
        ValueType written = TypedPlaintext.type(plaintext);
        if (!readable.contains(written)) {
            throw new DecryptionException(
                    Reason.WRONG_TYPE,
                    null,
                    "The decrypted value was written as " + written + ", and " + type + " is wanted for "
                            + javaType.getName() + ": the attribute's Java type was changed.");
        }
        return written;
    }

    abstract T read(ValueType written, ByteBuffer value);

    /** What {@link #lengthOf} counts and a column's declared length limits. */
    public LengthUnit lengthUnit() {
        return LengthUnit.NONE;
    }

    /** A value's length in {@link #lengthUnit()}; 0 for {@link LengthUnit#NONE}. */
    public int lengthOf(T value) {
        return 0;
    }

    /**
     * The length of the longest typed plaintext, in bytes with the type byte.
     *
     * @param declaredLength the longest value's length in {@link #lengthUnit()}
     */
    public abstract long maxPlaintextLength(long declaredLength, int padTo);

    /** Whether {@code padTo} applies: the type neither has a fixed width nor pads itself. */
    public boolean paddable() {
        return false;
    }
}
