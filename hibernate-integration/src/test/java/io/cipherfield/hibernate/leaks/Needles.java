package io.cipherfield.hibernate.leaks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Byte patterns, each a rendering of one planted value, and the search for all of them at once. */
final class Needles {

    /**
     * Shorter ones turn up by chance in hundreds of kilobytes of ciphertext. Those of letters, digits, - and _ alone turn up in its base64, and those of digits
     * alone in its hex: of them no shorter ones than 9 and 16 are planted.
     */
    private static final int SHORTEST = 6;

    private record Needle(String name, byte[] pattern) {}

    private final Map<Integer, List<Needle>> byStart = new HashMap<>();
    private final boolean[] starts = new boolean[1 << 16];
    private final Set<String> names = new TreeSet<>();

    /** All names that have a needle. */
    Set<String> names() {
        return names;
    }

    /** As text in the usual encodings, in hex and in base64 at any alignment. */
    void text(String name, String text) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            add(name, text.getBytes(charset));
        }
        bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(String name, byte[] bytes) {
        add(name, bytes);
        if (bytes.length < 8) {
            return;
        }
        String hex = HexFormat.of().formatHex(bytes);
        add(name, hex.getBytes(StandardCharsets.US_ASCII));
        add(name, hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            for (Base64.Encoder base64 : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                byte[] encoded = base64.withoutPadding().encode(shifted);
                // Characters that neighbours have a part in.
                add(name, Arrays.copyOfRange(encoded, shift == 0 ? 0 : shift + 1, encoded.length - 1));
            }
        }
    }

    /** As decimal digits and as eight bytes in either order. */
    void number(String name, long number) {
        text(name, Long.toString(number));
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            bytes(name, ByteBuffer.allocate(8).order(order).putLong(number).array());
        }
    }

    private void add(String name, byte[] pattern) {
        if (pattern.length < SHORTEST) {
            throw new IllegalArgumentException(name + " has a rendering of " + pattern.length + " bytes");
        }
        names.add(name);
        starts[(pattern[0] & 0xFF) << 8 | pattern[1] & 0xFF] = true;
        byStart.computeIfAbsent(start(pattern, 0), key -> new ArrayList<>()).add(new Needle(name, pattern));
    }

    /** How often each name's value is there; names that are not there are left out. */
    Map<String, Integer> in(byte[] hay) {
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i + SHORTEST <= hay.length; i++) {
            if (starts[(hay[i] & 0xFF) << 8 | hay[i + 1] & 0xFF]) {
                for (Needle needle : byStart.getOrDefault(start(hay, i), List.of())) {
                    int end = i + needle.pattern.length;
                    if (end <= hay.length && Arrays.equals(hay, i, end, needle.pattern, 0, needle.pattern.length)) {
                        found.merge(needle.name, 1, Integer::sum);
                    }
                }
            }
        }
        return found;
    }

    private static int start(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | bytes[at + 3] & 0xFF;
    }
}
