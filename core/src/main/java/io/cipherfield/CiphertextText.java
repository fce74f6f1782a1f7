package io.cipherfield;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The text form of a ciphertext: base64url (RFC 4648, section 5) without padding of the same bytes, in canonical form only,
 * so that one ciphertext has one text.
 */
public final class CiphertextText {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    /** By length modulo 4: the bits of the last character that no byte uses. */
    private static final int[] SPARE_BITS = {0, 0, 0b1111, 0b11};

    private CiphertextText() {}

    /** The length of the text form of {@code lengthInBytes} bytes, in ASCII characters. */
    public static long lengthInChars(long lengthInBytes) {
        return (lengthInBytes * 4 + 2) / 3;
    }

    public static String encode(byte[] ciphertext) {
        return new String(ENCODER.encode(ciphertext), StandardCharsets.ISO_8859_1);
    }

    /**
     * The bytes of a text that starts with a ciphertext's header. The header is looked at first, so that a hundred
     * megabytes of something else cost nothing.
     *
     * @throws DecryptionException with reason NOT_CIPHERTEXT or MALFORMED_TEXT
     */
    public static byte[] decode(String text) {
        CiphertextHeader header = CiphertextHeader.of(text);
        if (header == null) {
            throw new DecryptionException(
                    DecryptionException.Reason.NOT_CIPHERTEXT,
                    null,
                    "The value is not ciphertext: it does not start with the header of a known cipher suite, or is too short.");
        }
        int length = text.length();
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        // Of two surrogates, one question mark is left.
        if (ascii.length != length || ascii[length - 1] == '=' || length % 4 == 1) {
            throw malformed(header);
        }
        byte[] decoded;
        try {
            decoded = DECODER.decode(ascii);
        } catch (IllegalArgumentException e) {
            throw malformed(header);
        }
        int spare = SPARE_BITS[length % 4];
        if (spare != 0 && (valueOf(ascii[length - 1]) & spare) != 0) {
            throw malformed(header);
        }
        return decoded;
    }

    private static DecryptionException malformed(CiphertextHeader header) {
        return new DecryptionException(
                DecryptionException.Reason.MALFORMED_TEXT,
                header.keyId(),
                "The value starts like ciphertext of key " + header.keyId()
                        + " but is not canonical base64url: it was changed or cut.");
    }

    /** The six bits that a character of base64url stands for, or a negative number for any other character. */
    static int valueOf(int c) {
        if (c >= 'a') {
            return c <= 'z' ? c - 'a' + 26 : -1;
        }
        if (c >= 'A') {
            return c <= 'Z' ? c - 'A' : c == '_' ? 63 : -1;
        }
        if (c >= '0') {
            return c <= '9' ? c - '0' + 52 : -1;
        }
        return c == '-' ? 62 : -1;
    }
}
