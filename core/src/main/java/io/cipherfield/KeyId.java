package io.cipherfield;

import java.util.HexFormat;

/**
 * The name of a key, four bytes derived from the key itself (see {@link CipherKey#id()}). It is no secret: it stands in the
 * clear in each ciphertext.
 *
 * @param value the four bytes, big-endian
 */
public record KeyId(int value) {

    /** Eight lower-case hex digits, as in messages, reports and the output of the recovery kit. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
