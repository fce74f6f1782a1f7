package io.cipherfield.hibernate.internal.stored;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells ciphertext from plaintext, for whoever reads, counts, checks or rewrites values: in a column of text a String, in a
 * column of bytes a byte[]. Bytes may also hold the text form, which is what stays in a column whose type was changed. The
 * reverse does not occur: the databases take no such bytes for text.
 */
public final class StoredForm {

    /** With this character each text form begins. */
    public static final char FIRST_OF_TEXT = 'z';

    private StoredForm() {}

    /** Null if the value is no ciphertext. */
    public static @Nullable CiphertextHeader header(Object stored) {
        if (stored instanceof String text) {
            return CiphertextHeader.of(text);
        }
        byte[] bytes = (byte[]) stored;
        return isTextInBytes(bytes) ? CiphertextHeader.of(text(bytes)) : CiphertextHeader.of(bytes);
    }

    /** Whether ciphertext is in the form that new values have in its column. */
    public static boolean isColumnsOwn(Object stored) {
        return !(stored instanceof byte[] bytes && isTextInBytes(bytes));
    }

    /**
     * The ciphertext as the cipher takes it; bytes that are no ciphertext stay as they are.
     *
     * @throws io.cipherfield.DecryptionException if it is text that is no ciphertext
     */
    public static byte[] ciphertext(Object stored) {
        if (stored instanceof String text) {
            return CiphertextText.decode(text);
        }
        byte[] bytes = (byte[]) stored;
        return isTextInBytes(bytes) && header(bytes) != null ? CiphertextText.decode(text(bytes)) : bytes;
    }

    private static boolean isTextInBytes(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == FIRST_OF_TEXT;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
