package io.cipherfield;

import io.cipherfield.internal.cipher.BoundCipher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts the values of one attribute, that is, of one context: typed plaintext to format 1 and back. It knows
 * keys and format; the ciphers know bytes. Immutable and safe for use by many threads at once.
 *
 * <p>The context is bound as associated data, so that a ciphertext moved to another attribute does not decrypt.
 */
public final class FieldEncryptor {

    /** Their codes are 1 to 3. */
    private static final int SUITES = Suite.values().length;

    private final List<CipherKey> keys;
    private final int[] keyIds;
    private final String context;
    private final Suite suite;
    private final BoundCipher writer;
    private final byte[] writerHeader;
    /** By key and suite, made when the first value needs it; two threads may make the same one, which does no harm. */
    private final @Nullable BoundCipher[] readers;

    private FieldEncryptor(Keyring keyring, Suite suite, String context) {
        this.keys = keyring.keys();
        this.keyIds = keys.stream().mapToInt(key -> key.id().value()).toArray();
        this.context = context;
        this.suite = suite;
        this.readers = new BoundCipher[keys.size() * SUITES];
        this.writer = reader(0, suite);
        this.writerHeader = new CiphertextHeader(suite, keyring.primary().id()).toBytes();
    }

    /**
     * @param suite what new values are written with; everything is always read
     * @param context names the attribute, for example {@code Patient.ssn}
     * @throws IllegalArgumentException if the context is empty
     */
    public static FieldEncryptor of(Keyring keyring, Suite suite, String context) {
        if (context.isEmpty()) {
            throw new IllegalArgumentException("A context must not be empty: it binds a value to its attribute.");
        }
        return new FieldEncryptor(keyring, suite, context);
    }

    /** The context that is bound to each value. */
    public String context() {
        return context;
    }

    /** The suite that new values are written with. */
    public Suite suite() {
        return suite;
    }

    /**
     * Encrypts under the ring's primary key.
     *
     * @param plaintext a typed plaintext: type byte, value, perhaps padding (see {@code io.cipherfield.value})
     */
    public byte[] encrypt(byte[] plaintext) {
        return seal(writer, writerHeader, plaintext);
    }

    /**
     * Encrypts under a key of the ring that need not be the primary: what a value would be that was written when that key was.
     * It is for looking up deterministic values while the ring holds several keys, not for writing.
     *
     * @param plaintext a typed plaintext: type byte, value, perhaps padding (see {@code io.cipherfield.value})
     * @param keyId names a key of the ring
     * @throws IllegalArgumentException if the key is not in the ring
     */
    public byte[] encrypt(byte[] plaintext, KeyId keyId) {
        int index = indexOf(keyId.value());
        if (index < 0) {
            throw new IllegalArgumentException("The key " + keyId + " is not in the key ring.");
        }
        return seal(reader(index, suite), new CiphertextHeader(suite, keyId).toBytes(), plaintext);
    }

    private static byte[] seal(BoundCipher cipher, byte[] header, byte[] plaintext) {
        if (plaintext.length == 0) {
            throw new IllegalArgumentException("A typed plaintext has at least its type byte.");
        }
        byte[] out = new byte[CiphertextHeader.LENGTH_IN_BYTES + cipher.overheadInBytes() + plaintext.length];
        System.arraycopy(header, 0, out, 0, CiphertextHeader.LENGTH_IN_BYTES);
        cipher.seal(plaintext, out, CiphertextHeader.LENGTH_IN_BYTES);
        return out;
    }

    /**
     * Decrypts with the key that the header names, and with no other.
     *
     * @return the typed plaintext, one byte or longer
     * @throws DecryptionException if the value is no ciphertext, its key is not in the ring, or it is not authentic
     */
    public byte[] decrypt(byte[] ciphertext) {
        byte[] plaintext = decryptIfAuthentic(ciphertext);
        if (plaintext == null) {
            CiphertextHeader header = Objects.requireNonNull(CiphertextHeader.of(ciphertext));
            throw new DecryptionException(
                    DecryptionException.Reason.NOT_AUTHENTIC,
                    header.keyId(),
                    "The value of " + context + " does not decrypt under key " + header.keyId()
                            + ": it was changed or cut, or it was written for another attribute. If the class or the attribute"
                            + " was renamed, pin its old name as the context.");
        }
        return plaintext;
    }

    /**
     * As {@link #decrypt}, for those who can do something about a value that was written in another context.
     *
     * @return null if the value is not authentic
     * @throws DecryptionException if the value is no ciphertext, or its key is not in the ring
     */
    public byte @Nullable [] decryptIfAuthentic(byte[] ciphertext) {
        CiphertextHeader header = CiphertextHeader.of(ciphertext);
        if (header == null) {
            throw new DecryptionException(
                    DecryptionException.Reason.NOT_CIPHERTEXT,
                    null,
                    "The value of " + context
                            + " is not ciphertext: it does not start with the header of a known cipher suite,"
                            + " or is too short.");
        }
        return reader(keyIndex(header), header.suite()).open(ciphertext, CiphertextHeader.LENGTH_IN_BYTES);
    }

    /** Whether a value with this header is what {@link #encrypt} would write today: primary key, suite. */
    public boolean isCurrent(CiphertextHeader header) {
        return header.suite() == suite && header.keyId().value() == keyIds[0];
    }

    /** Whether the ring holds the key that the header names. */
    public boolean canRead(CiphertextHeader header) {
        return indexOf(header.keyId().value()) >= 0;
    }

    private int keyIndex(CiphertextHeader header) {
        int index = indexOf(header.keyId().value());
        if (index < 0) {
            throw new DecryptionException(
                    DecryptionException.Reason.UNKNOWN_KEY,
                    header.keyId(),
                    "The value of " + context + " was written under key " + header.keyId()
                            + ", which is not in the key ring ("
                            + Arrays.toString(keys.stream().map(CipherKey::id).toArray())
                            + "). Add that key to " + Setting.DECRYPT_ONLY_KEYS.environmentVariable() + ".");
        }
        return index;
    }

    private int indexOf(int keyId) {
        for (int i = 0; i < keyIds.length; i++) {
            if (keyIds[i] == keyId) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("EnumOrdinal") // Only a place in this object's own array: the stored byte is the suite's code.
    private BoundCipher reader(int keyIndex, Suite ofSuite) {
        int slot = keyIndex * SUITES + ofSuite.code() - 1;
        BoundCipher cipher = readers[slot];
        if (cipher == null) {
            CipherKey key = keys.get(keyIndex);
            cipher = ofSuite.bind(key, associatedData(key, ofSuite));
            readers[slot] = cipher;
        }
        return cipher;
    }

    /** Header ‖ context in UTF-8: constant for an attribute, a key and a suite. */
    private byte[] associatedData(CipherKey key, Suite ofSuite) {
        byte[] header = new CiphertextHeader(ofSuite, key.id()).toBytes();
        byte[] name = context.getBytes(StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOf(header, header.length + name.length);
        System.arraycopy(name, 0, data, header.length, name.length);
        return data;
    }

    @Override
    public String toString() {
        return "FieldEncryptor[" + context + ", " + suite.label() + ", keys="
                + keys.stream().map(CipherKey::id).toList() + "]";
    }
}
