package io.cipherfield.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;

/** Changes and cuts a stored value in every place. */
final class Tampering {

    private Tampering() {}

    /** @param free bytes from here to there may say anything: the format does not vouch for them */
    static void isRefused(LegacyReader reader, byte[] stored, int freeFrom, int freeTo) {
        for (int i = 0; i < stored.length; i++) {
            for (int mask : new int[] {0x01, 0x02, 0x10, 0x20, 0x80}) {
                byte[] changed = stored.clone();
                changed[i] ^= (byte) mask;
                if (i < freeFrom || i >= freeTo) {
                    isRefused(reader, changed, "byte " + i + " of " + stored.length + " with " + mask);
                }
            }
            isRefused(reader, Arrays.copyOf(stored, i), "the first " + i + " bytes");
            isRefused(reader, Arrays.copyOfRange(stored, i + 1, stored.length), "all from " + (i + 1));
        }
        isRefused(reader, Arrays.copyOf(stored, stored.length + 1), "a zero behind it");
    }

    static void isRefused(LegacyReader reader, byte[] stored) {
        isRefused(reader, stored, 0, 0);
    }

    private static void isRefused(LegacyReader reader, byte[] changed, String what) {
        assertThat(catchThrowable(() -> reader.read(changed)))
                .as(what)
                .isInstanceOf(LegacyValueException.class)
                .hasNoCause();
    }
}
