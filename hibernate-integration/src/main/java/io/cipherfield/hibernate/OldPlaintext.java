package io.cipherfield.hibernate;

import io.cipherfield.DecryptionException;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueType;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Set;

/** Values from before the attribute was encrypted, in columns of the same kind. */
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

    /** As {@link #read} takes it. */
    static Object write(Object value) {
        if (value instanceof char[] chars) {
            return new String(chars);
        }
        return value instanceof URL url ? url.toExternalForm() : value;
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
