package io.cipherfield.internal.jasypt;

import io.cipherfield.internal.cipher.Pool;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Function;
import org.jasypt.encryption.pbe.StandardPBEBigDecimalEncryptor;
import org.jasypt.encryption.pbe.StandardPBEByteEncryptor;
import org.jasypt.encryption.pbe.config.SimplePBEConfig;
import org.jasypt.exceptions.EncryptionInitializationException;
import org.jasypt.exceptions.EncryptionOperationNotPossibleException;
import org.jasypt.iv.ByteArrayFixedIvGenerator;
import org.jasypt.iv.IvGenerator;
import org.jasypt.iv.NoIvGenerator;
import org.jasypt.iv.RandomIvGenerator;
import org.jasypt.salt.ByteArrayFixedSaltGenerator;
import org.jasypt.salt.RandomSaltGenerator;
import org.jasypt.salt.SaltGenerator;
import org.jasypt.salt.ZeroSaltGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts by Jasypt itself, as bytes: its text encryptors put a replacement character in the place of what is no UTF-8, and so hide a wrong password. Each of
 * its encryptors lets one thread in at a time, and so there are as many as threads. Safe for use by many threads.
 */
public final class JasyptDecryptor {

    private static final int MOST_LEADING_ZEROS = 8;

    /** The only one among the algorithms for passwords. */
    private static final String STREAM_CIPHER = "RC4";

    /** The one among these algorithms whose blocks have 16 bytes and that takes an IV. */
    private static final String LARGE_BLOCKS = "AES";

    private final JasyptParameters parameters;
    private final Pool<StandardPBEByteEncryptor> ofBytes = new Pool<>(this::newOfBytes);
    private final Pool<StandardPBEBigDecimalEncryptor> ofNumbers = new Pool<>(this::newOfNumbers);

    /**
     * @throws IllegalArgumentException if Jasypt or the Java runtime does not know the algorithm or the provider, or wants a longer salt or IV; the
     *     message says what Jasypt says
     */
    public JasyptDecryptor(JasyptParameters parameters) {
        this.parameters = parameters;
        try {
            ofBytes.giveBack(newOfBytes());
            // Only a use shows whether what is fixed is long enough.
            encryptToLookFor(new byte[0]);
        } catch (EncryptionInitializationException e) {
            throw new IllegalArgumentException(reason(e));
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** @return null if it was not encrypted so, was cut, or was written under another password and that shows */
    public byte @Nullable [] decrypt(byte[] encrypted) {
        return attempt(ofBytes, encryptor -> encryptor.decrypt(encrypted));
    }

    /** Whether a plaintext has one ciphertext only, so that rows can be found by it. */
    public boolean isDeterministic() {
        return !parameters.salt.isRandom() && !parameters.iv.isRandom();
    }

    /**
     * Whether what it did not write shows: of 16 bytes or more that a block cipher decrypts, its padding and UTF-8 together let less than one in a million pass. A stream
     * cipher has no padding; and of the shortest ciphertext of format 1, a salt and an IV of 8 bytes each leave one block of 8.
     */
    public boolean garbageShows() {
        String algorithm = parameters.algorithm.toUpperCase(Locale.ROOT);
        return !algorithm.contains(STREAM_CIPHER) && (algorithm.contains(LARGE_BLOCKS) || !parameters.iv.isRandom());
    }

    /**
     * What Jasypt made of the bytes, if it {@linkplain #isDeterministic is deterministic}.
     *
     * @return null if this Java runtime does not encrypt so, though it may decrypt: a JDK 25 refuses some salts, zeros above all, with triple DES
     */
    public byte @Nullable [] encryptToLookFor(byte[] plaintext) {
        return attempt(ofBytes, encryptor -> encryptor.encrypt(plaintext));
    }

    /**
     * What Jasypt's encryptors of integers and decimals wrote: the scale is the plaintext's.
     *
     * @return null as of {@link #decrypt(byte[])}
     */
    public @Nullable BigDecimal decrypt(BigDecimal encrypted) {
        byte[] bytes = encrypted.unscaledValue().toByteArray();
        int length = bytes.length - Integer.BYTES;
        // Jasypt makes an array of as many bytes as the last four say: hardly more than there are, which leading zeros
        // account for.
        if (length <= 0 || Math.abs((long) ByteBuffer.wrap(bytes).getInt(length) - length) > MOST_LEADING_ZEROS) {
            return null;
        }
        return attempt(ofNumbers, encryptor -> encryptor.decrypt(encrypted));
    }

    private static <E, R> @Nullable R attempt(Pool<E> pool, Function<E, R> operation) {
        E encryptor = pool.take();
        R result;
        try {
            result = operation.apply(encryptor);
        } catch (EncryptionOperationNotPossibleException e) {
            return null;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // No number, or shorter than it says.
            return null;
        }
        pool.giveBack(encryptor);
        return result;
    }

    private StandardPBEByteEncryptor newOfBytes() {
        StandardPBEByteEncryptor encryptor = new StandardPBEByteEncryptor();
        encryptor.setConfig(config());
        encryptor.initialize();
        return encryptor;
    }

    private StandardPBEBigDecimalEncryptor newOfNumbers() {
        StandardPBEBigDecimalEncryptor encryptor = new StandardPBEBigDecimalEncryptor();
        encryptor.setConfig(config());
        encryptor.initialize();
        return encryptor;
    }

    /** A new one for each encryptor, which clears the password in it. */
    private SimplePBEConfig config() {
        SimplePBEConfig config = new SimplePBEConfig();
        config.setPasswordCharArray(parameters.password);
        config.setAlgorithm(parameters.algorithm);
        config.setKeyObtentionIterations(parameters.iterations);
        config.setSaltGenerator(saltGenerator());
        config.setIvGenerator(ivGenerator());
        if (parameters.providerName != null) {
            config.setProviderName(parameters.providerName);
        }
        return config;
    }

    private SaltGenerator saltGenerator() {
        byte[] fixed = parameters.salt.fixed;
        if (fixed == null) {
            return new RandomSaltGenerator();
        }
        return fixed.length == 0 ? new ZeroSaltGenerator() : new ByteArrayFixedSaltGenerator(fixed);
    }

    private IvGenerator ivGenerator() {
        byte[] fixed = parameters.iv.fixed;
        if (fixed == null) {
            return new RandomIvGenerator();
        }
        return fixed.length == 0 ? new NoIvGenerator() : new ByteArrayFixedIvGenerator(fixed);
    }
}
