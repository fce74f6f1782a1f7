package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Strings in UTF-8, and those that UTF-8 cannot hold in UTF-16. */
final class Text {

    /** What the runtime puts in the place of malformed UTF-8; it may also stand in a text by right. */
    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /** Whether each surrogate of the text has its partner. */
    static boolean isWellFormed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** They can only be within the strings of a JSON text, where an escape means the same. */
    static String escapeUnpairedSurrogates(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                escaped.append("\\u").append(Integer.toHexString(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    static byte[] utf16(CharSequence text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        for (int i = 0; i < text.length(); i++) {
            bytes.putChar(text.charAt(i));
        }
        return bytes.array();
    }

    static String fromUtf16(ByteBuffer bytes) {
        if (bytes.remaining() % Character.BYTES != 0) {
            throw TypedPlaintext.malformed("The decrypted string of UTF-16 has an odd number of bytes.");
        }
        char[] chars = new char[bytes.remaining() / Character.BYTES];
        bytes.asCharBuffer().get(chars);
        return new String(chars);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The inverse of {@link #utf8}; what is not UTF-8, and so was written by something else, is refused. */
    static String fromUtf8(ByteBuffer bytes) {
        String text = new String(
                bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !ByteBuffer.wrap(utf8(text)).equals(bytes)) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
