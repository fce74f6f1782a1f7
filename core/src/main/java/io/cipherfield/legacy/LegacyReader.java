package io.cipherfield.legacy;

/**
 * Reads the values that another system encrypted. It never writes any: new values are ciphertext of format 1, and the re-encryption job
 * rewrites the old ones.
 *
 * <p>A value with a header of format 1 under a key of the ring is never given to a reader. What is left is told by {@link #claim}: a value that a
 * reader claims and cannot read is an error, and nobody else is asked. Under a key that is not in the ring, the header may be chance, where a system's
 * values begin with random bytes: such a value is its reader's if that owns {@link Claim#EVERYTHING}, can tell ({@link #garbageShows}) and reads it.
 *
 * <p>Found by name: configured under {@code cipherfield.legacy}, by the service loader for this interface, as a Spring bean, or given to
 * {@link LegacyReaders#of}. Implementations are safe for use by many threads, and print neither key nor value in {@code toString} or exceptions.
 */
public interface LegacyReader {

    /** What {@code @Encrypted(legacy = …)}, reports and errors call it: lower-case letters, digits and hyphens. */
    String name();

    /** Which values are this reader's. */
    Claim claim();

    /**
     * Whether the value bears this format's mark, if the claim is {@link Claim#MARKED}. It is called for each value, and looks at the mark only.
     *
     * @param stored what the column holds: a text in UTF-8, bytes as they are
     */
    boolean recognises(byte[] stored);

    /**
     * Whether a changed value and a wrong key are always noticed. The re-encryption job decodes all values of a reader that cannot tell before it
     * writes the first one, since garbage may pass as a value now and then.
     */
    boolean authenticated();

    /**
     * Whether {@link #read} fails for a value that this system did not write, but for one in a million or fewer, or gives bytes that are random, and so no
     * text in UTF-8. Not so if it decodes them from an encoding in which all bytes are text, or from a stream of a few bytes without a padding.
     */
    default boolean garbageShows() {
        return authenticated();
    }

    /**
     * The plaintext: of a text its characters in UTF-8, of bytes these. Not cleared: whoever gets it may.
     *
     * @param stored what the column holds: a text in UTF-8, bytes as they are
     * @throws LegacyValueException if it was changed or cut, was written under another key, or is none of this format
     */
    byte[] read(byte[] stored);

    /**
     * Whether a plaintext has one stored value only, so that rows can be found by {@link #storedForm}: there is neither a random salt nor a nonce in
     * it. Of attributes with another reader, values cannot be searched while it is on.
     */
    default boolean deterministic() {
        return false;
    }

    /**
     * What the column holds where this format holds the plaintext: to look for it, and never to be written.
     *
     * @param plaintext as {@link #read} returns it
     * @return a text in UTF-8, bytes as they are
     * @throws UnsupportedOperationException unless {@link #deterministic()}
     */
    default byte[] storedForm(byte[] plaintext) {
        throw new UnsupportedOperationException("The values of " + name() + " cannot be looked for.");
    }

    /** How a reader tells its values. */
    enum Claim {
        /** They bear a mark that other values of the column do not, for example {@code ENC(…)}; plaintext may stand beside them. */
        MARKED,
        /**
         * They bear none: the reader owns every value of the attribute that is no ciphertext of format 1 and bears no other reader's mark. An attribute
         * has one such reader at most, and no plaintext.
         */
        EVERYTHING
    }
}
