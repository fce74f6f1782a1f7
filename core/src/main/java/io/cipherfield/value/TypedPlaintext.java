package io.cipherfield.value;

import io.cipherfield.DecryptionException;
import io.cipherfield.DecryptionException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The frame of a plaintext: {@code type byte ‖ value [‖ 0x80 ‖ zeros]}. */
final class TypedPlaintext {

    private static final byte PADDING_MARK = (byte) 0x80;

    private TypedPlaintext() {}

    /** @param multiple of which the padded value's length is one; 0 for no padding */
    static byte[] frame(ValueType type, byte[] value, int multiple) {
        int length = multiple == 0 ? value.length : paddedLength(value.length, multiple);
        byte[] framed = new byte[1 + length];
        framed[0] = type.code();
        System.arraycopy(value, 0, framed, 1, value.length);
        if (multiple != 0) {
            framed[0] |= (byte) ValueType.PADDED;
            framed[1 + value.length] = PADDING_MARK;
        }
        return framed;
    }

    /** At least one byte longer than the value: the padding's mark. */
    static int paddedLength(int length, int multiple) {
        return (length / multiple + 1) * multiple;
    }

    static ValueType type(byte[] framed) {
        ValueType type = framed.length == 0 ? null : ValueType.ofCode(framed[0]);
        if (type == null) {
            throw malformed("The decrypted value has an unknown type byte; a later release may have written it.");
        }
        return type;
    }

    /** The value without type byte and padding; its length is right for types of a fixed width. */
    static ByteBuffer value(byte[] framed, ValueType type) {
        int end = framed.length;
        if ((framed[0] & ValueType.PADDED) != 0) {
            end = paddingStart(framed);
        }
        if (type.width() != ValueType.VARIABLE && type.width() != end - 1) {
            throw malformed("The decrypted value of type " + type + " has " + (end - 1) + " bytes instead of "
                    + type.width() + ".");
        }
        return ByteBuffer.wrap(framed, 1, end - 1).slice();
    }

    private static int paddingStart(byte[] framed) {
        int i = framed.length - 1;
        while (i > 0 && framed[i] == 0) {
            i--;
        }
        if (i < 1 || framed[i] != PADDING_MARK) {
            throw malformed("The decrypted value has no padding, and its type byte says that it should.");
        }
        return i;
    }

    static byte[] bytes(ByteBuffer value) {
        return Arrays.copyOfRange(
                value.array(), value.arrayOffset() + value.position(), value.arrayOffset() + value.limit());
    }

    static DecryptionException malformed(String message) {
        return new DecryptionException(Reason.MALFORMED_VALUE, null, message);
    }
}
