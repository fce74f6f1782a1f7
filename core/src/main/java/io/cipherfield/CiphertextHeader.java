package io.cipherfield;

import org.jspecify.annotations.Nullable;

/**
 * The first six bytes of every ciphertext of format 1, which are also its first eight characters in text form.
 *
 * <pre>
 * 0xCF | suite 1B | key id 4B | body
 * </pre>
 *
 * @param suite the cipher that wrote the value
 * @param keyId the key that wrote the value
 */
public record CiphertextHeader(Suite suite, KeyId keyId) {

    /** The header's length as bytes. */
    public static final int LENGTH_IN_BYTES = 6;
    /** The header's length in text form: base64 of six bytes needs no padding and shares no character with the body. */
    public static final int LENGTH_IN_CHARS = 8;

    private static final byte FORMAT_1 = (byte) 0xCF;
    private static final int TYPE_BYTE = 1;

    /**
     * The header of a stored value, or null if the value is no ciphertext: it does not start with the header of a known
     * suite, or is shorter than any ciphertext of that suite. Nothing is decrypted and nothing copied.
     */
    public static @Nullable CiphertextHeader of(byte[] stored) {
        if (stored.length < LENGTH_IN_BYTES) {
            return null;
        }
        int formatAndSuite = (stored[0] & 0xFF) << 8 | (stored[1] & 0xFF);
        return parse((long) formatAndSuite << 32 | Integer.toUnsignedLong(readKeyId(stored)), stored.length);
    }

    /** The same for the text form; the characters behind the header are not looked at. */
    public static @Nullable CiphertextHeader of(CharSequence stored) {
        if (stored.length() < LENGTH_IN_CHARS || stored.charAt(0) != 'z') {
            return null;
        }
        long header = 0;
        for (int i = 0; i < LENGTH_IN_CHARS; i++) {
            int sextet = CiphertextText.valueOf(stored.charAt(i));
            if (sextet < 0) {
                return null;
            }
            header = header << 6 | sextet;
        }
        return parse(header, stored.length() * 3L / 4);
    }

    /** @param header the six bytes, big-endian */
    private static @Nullable CiphertextHeader parse(long header, long length) {
        if ((byte) (header >>> 40) != FORMAT_1) {
            return null;
        }
        Suite suite = Suite.ofCode((byte) (header >>> 32));
        if (suite == null || length < suite.overheadInBytes() + TYPE_BYTE) {
            return null;
        }
        return new CiphertextHeader(suite, new KeyId((int) header));
    }

    /** The shortest ciphertext with this header, in bytes. */
    public int leastLengthInBytes() {
        return suite.overheadInBytes() + TYPE_BYTE;
    }

    static int readKeyId(byte[] bytes) {
        return (bytes[2] & 0xFF) << 24 | (bytes[3] & 0xFF) << 16 | (bytes[4] & 0xFF) << 8 | (bytes[5] & 0xFF);
    }

    /** As every ciphertext of this suite and key begins. */
    public byte[] toBytes() {
        int id = keyId.value();
        return new byte[] {FORMAT_1, suite.code(), (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id
        };
    }
}
