package io.cipherfield;

import io.cipherfield.internal.cipher.Hmac;
import java.util.Arrays;

/**
 * The keyed function behind blind indexes: HMAC-SHA256 (RFC 2104) under a sub-key of its own, truncated, behind the key's
 * id. Safe for use by many threads at once.
 *
 * <pre>
 * key id 4B ‖ HMAC-SHA256(sub-key, normalised value), the first n bytes
 * </pre>
 */
public final class BlindIndexPrf {

    /** The default length of the truncated HMAC. */
    public static final int DEFAULT_LENGTH_IN_BITS = 128;

    private static final int SUB_KEY_SIZE_IN_BYTES = 32;
    private static final int KEY_ID_SIZE_IN_BYTES = 4;

    private final Hmac hmac;
    private final int keyId;
    private final int lengthInBytes;

    private BlindIndexPrf(CipherKey key, String definition, int lengthInBits) {
        byte[] subKey = key.subKey("blind-index/" + definition, SUB_KEY_SIZE_IN_BYTES);
        this.hmac = Hmac.sha256(subKey);
        Arrays.fill(subKey, (byte) 0);
        this.keyId = key.id().value();
        this.lengthInBytes = lengthInBits / Byte.SIZE;
    }

    /**
     * @param definition all that distinguishes this index from any other: context, name, bits, normalisers and their
     *     versions
     * @param lengthInBits a multiple of 8 from 32 to 256
     */
    public static BlindIndexPrf of(CipherKey key, String definition, int lengthInBits) {
        if (lengthInBits % Byte.SIZE != 0 || lengthInBits < 32 || lengthInBits > 256) {
            throw new IllegalArgumentException(
                    "A blind index has a multiple of 8 from 32 to 256 bits, not " + lengthInBits);
        }
        return new BlindIndexPrf(key, definition, lengthInBits);
    }

    /** The index of a value that is already normalised. */
    public byte[] index(byte[] normalised) {
        byte[] mac = hmac.of(normalised);
        byte[] index = new byte[KEY_ID_SIZE_IN_BYTES + lengthInBytes];
        index[0] = (byte) (keyId >>> 24);
        index[1] = (byte) (keyId >>> 16);
        index[2] = (byte) (keyId >>> 8);
        index[3] = (byte) keyId;
        System.arraycopy(mac, 0, index, KEY_ID_SIZE_IN_BYTES, lengthInBytes);
        return index;
    }
}
