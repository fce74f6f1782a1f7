package io.cipherfield.hibernate;

import io.cipherfield.DecryptionException;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueException;
import io.cipherfield.value.ValueText;
import io.cipherfield.value.ValueType;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Set;

/** Values that stand in clear in a column of the same kind: from before the attribute was encrypted, or written so on purpose. */
final class OldPlaintext {

    private static final Set<Class<?>> TEXT = Set.of(String.class, char[].class, URL.class);

    private OldPlaintext() {}

    /** Whether a plaintext column of this type has the kind of SQL type that this storage has. */
    static boolean readable(ValueCodec<?> codec, Storage storage) {
        Class<?> javaType = codec.javaType();
        return storage == Storage.TEXT
                ? TEXT.contains(javaType) || codec.type() == ValueType.JSON
                : javaType == byte[].class;
    }

    static Object read(Object stored, Class<?> javaType) {
        if (javaType == char[].class) {
            return ((String) stored).toCharArray();
        }
        return javaType == URL.class ? url((String) stored) : stored;
    }

    /**
     * A typed plaintext as {@link #read} takes it: a String or bytes.
     *
     * @throws DecryptionException if it is of another type than the attribute's
     * @throws ValueException if it would not be read again as what it is; nothing of the value is in its message
     */
    static Object stored(ValueCodec<?> codec, byte[] encoded) {
        ValueType type = codec.checkedType(encoded);
        if (type == ValueType.STRING_UTF_16) {
            throw new ValueException(
                    "It holds half of a surrogate pair, which only ciphertext keeps: databases replace it.");
        }
        Object stored = type == ValueType.BYTES ? codec.decode(encoded) : ValueText.BYTES_AS_HEX.of(encoded);
        if (StoredForm.header(stored) != null) {
            throw new ValueException(
                    "It starts as ciphertext does (docs/format.md), and would be taken for a ciphertext when it is read.");
        }
        return stored;
    }

    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            // Not as the cause: its message holds the value.
            throw new DecryptionException(
                    DecryptionException.Reason.MALFORMED_VALUE, null, "The plaintext in its column is not a URL.");
        }
    }
}
