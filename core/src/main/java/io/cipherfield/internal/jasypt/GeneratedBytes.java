package io.cipherfield.internal.jasypt;

import org.jspecify.annotations.Nullable;

/** What a salt generator or an IV generator of Jasypt's gives. */
public final class GeneratedBytes {

    /** Other bytes for each value, which are stored before it. */
    public static final GeneratedBytes RANDOM = new GeneratedBytes(null);

    /** A salt of zeros; no IV. */
    public static final GeneratedBytes NONE = new GeneratedBytes(new byte[0]);

    final byte @Nullable [] fixed;

    private GeneratedBytes(byte @Nullable [] fixed) {
        this.fixed = fixed;
    }

    /** The first of these, as many as the algorithm wants, for every value. */
    public static GeneratedBytes fixed(byte[] bytes) {
        return new GeneratedBytes(bytes.clone());
    }

    boolean isRandom() {
        return fixed == null;
    }
}
