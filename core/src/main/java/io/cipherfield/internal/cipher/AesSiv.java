package io.cipherfield.internal.cipher;

import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-SIV with 512 bits of key (RFC 5297, AEAD_AES_SIV_CMAC_512), with one component of associated data, which is bound
 * once, and, for randomised values, a nonce as the last component (section 3).
 *
 * <pre>
 * deterministic  synthetic IV 16B ‖ ciphertext
 * randomised     nonce 16B ‖ synthetic IV 16B ‖ ciphertext
 * </pre>
 *
 * A nonce that repeats tells only that two values are equal. Memory beyond the result is bounded whatever the length.
 */
public final class AesSiv {

    public static final int KEY_SIZE_IN_BYTES = 64;
    private static final int IV_SIZE_IN_BYTES = 16;
    private static final int NONCE_SIZE_IN_BYTES = 16;
    private static final int BUFFER_SIZE_IN_BYTES = 4096;

    private final SecretKeySpec macKey;
    private final SecretKeySpec counterKey;
    private final Cmac cmac;
    /** Where S2V starts. */
    private final Block doubledZero;

    private final Pool<State> pool = new Pool<>(State::new);

    /** @param key 64 bytes, which are copied: the MAC's half, then the counter mode's half */
    public AesSiv(byte[] key) {
        this(checked(key), Aes.KEY_SIZE_IN_BYTES);
    }

    /** The RFC's own vectors have AES keys of 128 bits. */
    AesSiv(byte[] key, int halfSizeInBytes) {
        macKey = Aes.key(key, 0, halfSizeInBytes);
        counterKey = Aes.key(key, halfSizeInBytes, halfSizeInBytes);
        Aes mac = Aes.cbcMac(macKey);
        cmac = Cmac.of(mac);
        doubledZero = cmac.of(new byte[Aes.BLOCK_SIZE_IN_BYTES], mac).doubled();
    }

    private static byte[] checked(byte[] key) {
        if (key.length != KEY_SIZE_IN_BYTES) {
            throw new IllegalArgumentException("AES-SIV takes a key of 64 bytes, not " + key.length);
        }
        return key;
    }

    /** The same plaintext gives the same ciphertext. */
    public BoundCipher deterministic(byte[] associatedData) {
        return new Bound(associatedData, null);
    }

    /** A fresh random nonce for each value. */
    public BoundCipher randomised(byte[] associatedData) {
        return new Bound(associatedData, (state, out, offset) -> state.nonces.next(out, offset, NONCE_SIZE_IN_BYTES));
    }

    /** For published vectors, whose nonce is given. */
    BoundCipher withNonce(byte[] nonce, byte[] associatedData) {
        return new Bound(associatedData, (state, out, offset) -> System.arraycopy(nonce, 0, out, offset, nonce.length));
    }

    private interface NonceWriter {
        void write(State state, byte[] out, int offset);
    }

    /** What one thread at a time needs; nothing in it outlives a call but the prepared nonces. */
    private final class State {
        final Aes mac = Aes.cbcMac(macKey);
        final Aes counter = Aes.ecb(counterKey);
        final byte[] buffer = new byte[BUFFER_SIZE_IN_BYTES];
        final byte[] encrypted = new byte[BUFFER_SIZE_IN_BYTES];
        final byte[] iv = new byte[IV_SIZE_IN_BYTES];
        final Nonces nonces = new Nonces();
    }

    private final class Bound implements BoundCipher {

        /** S2V up to and including the bound component. */
        private final Block prefix;

        private final Block doubledPrefix;
        private final @Nullable NonceWriter nonceWriter;

        Bound(byte[] associatedData, @Nullable NonceWriter nonceWriter) {
            State state = pool.take();
            this.prefix = doubledZero.xor(cmac.of(associatedData, state.mac));
            pool.giveBack(state);
            this.doubledPrefix = prefix.doubled();
            this.nonceWriter = nonceWriter;
        }

        private int nonceSize() {
            return nonceWriter == null ? 0 : NONCE_SIZE_IN_BYTES;
        }

        @Override
        public int overheadInBytes() {
            return nonceSize() + IV_SIZE_IN_BYTES;
        }

        @Override
        public void seal(byte[] plaintext, byte[] out, int offset) {
            State state = pool.take();
            int ivOffset = offset + nonceSize();
            if (nonceWriter != null) {
                nonceWriter.write(state, out, offset);
            }
            synthesiseIv(state, out, offset, plaintext);
            System.arraycopy(state.iv, 0, out, ivOffset, IV_SIZE_IN_BYTES);
            applyKeyStream(state, out, ivOffset, plaintext, 0, out, ivOffset + IV_SIZE_IN_BYTES, plaintext.length);
            pool.giveBack(state);
        }

        @Override
        public byte @Nullable [] open(byte[] in, int offset) {
            State state = pool.take();
            int ivOffset = offset + nonceSize();
            int bodyOffset = ivOffset + IV_SIZE_IN_BYTES;
            byte[] plaintext = new byte[in.length - bodyOffset];
            applyKeyStream(state, in, ivOffset, in, bodyOffset, plaintext, 0, plaintext.length);
            synthesiseIv(state, in, offset, plaintext);
            boolean authentic = isIv(state.iv, in, ivOffset);
            pool.giveBack(state);
            if (!authentic) {
                Arrays.fill(plaintext, (byte) 0);
                return null;
            }
            return plaintext;
        }

        /** S2V (RFC 5297, section 2.4) into {@code state.iv}; the nonce, if any, stands at {@code nonceOffset}. */
        private void synthesiseIv(State state, byte[] nonce, int nonceOffset, byte[] plaintext) {
            byte[] buffer = state.buffer;
            Block d = prefix;
            Block doubled = doubledPrefix;
            if (nonceWriter != null) {
                Block.read(nonce, nonceOffset).xor(cmac.completeBlockKey).write(buffer, 0);
                state.mac.finish(buffer, Aes.BLOCK_SIZE_IN_BYTES, state.encrypted);
                d = doubledPrefix.xor(Block.read(state.encrypted, 0));
                doubled = d.doubled();
            }
            int length = plaintext.length;
            int from = 0;
            // Leaves more than half a buffer for the end, so that the last 16 bytes are never split.
            while (length - from > BUFFER_SIZE_IN_BYTES) {
                System.arraycopy(plaintext, from, buffer, 0, BUFFER_SIZE_IN_BYTES / 2);
                state.mac.update(buffer, BUFFER_SIZE_IN_BYTES / 2, state.encrypted);
                from += BUFFER_SIZE_IN_BYTES / 2;
            }
            int rest = length - from;
            System.arraycopy(plaintext, from, buffer, 0, rest);
            int end;
            if (rest >= Aes.BLOCK_SIZE_IN_BYTES) {
                d.xorInto(buffer, rest - Aes.BLOCK_SIZE_IN_BYTES);
                end = cmac.closeLastBlock(buffer, rest);
            } else {
                buffer[rest] = (byte) 0x80;
                Arrays.fill(buffer, rest + 1, Aes.BLOCK_SIZE_IN_BYTES, (byte) 0);
                doubled.xorInto(buffer, 0);
                end = cmac.closeLastBlock(buffer, Aes.BLOCK_SIZE_IN_BYTES);
            }
            state.mac.finish(buffer, end, state.encrypted);
            Arrays.fill(buffer, 0, Math.min(Math.max(end, length), BUFFER_SIZE_IN_BYTES), (byte) 0);
            System.arraycopy(state.encrypted, end - IV_SIZE_IN_BYTES, state.iv, 0, IV_SIZE_IN_BYTES);
        }
    }

    /** Counter mode from the synthetic IV with two bits cleared (section 2.5), so that the counter's low word cannot overflow. */
    private static void applyKeyStream(
            State state, byte[] iv, int ivOffset, byte[] in, int inOffset, byte[] out, int outOffset, int length) {
        byte[] buffer = state.buffer;
        long high = Block.getLong(iv, ivOffset);
        long low = Block.getLong(iv, ivOffset + 8) & 0x7FFFFFFF7FFFFFFFL;
        int done = 0;
        while (done < length) {
            int chunk = Math.min(length - done, BUFFER_SIZE_IN_BYTES);
            int filled = 0;
            for (; filled < chunk; filled += Aes.BLOCK_SIZE_IN_BYTES) {
                Block.putLong(buffer, filled, high);
                Block.putLong(buffer, filled + 8, low++);
            }
            state.counter.finish(buffer, filled, state.encrypted);
            Block.xor(in, inOffset + done, state.encrypted, out, outOffset + done, chunk);
            Arrays.fill(state.encrypted, 0, filled, (byte) 0);
            done += chunk;
        }
    }

    /** Takes the same time wherever the two differ. */
    private static boolean isIv(byte[] computed, byte[] in, int ivOffset) {
        long high = Block.getLong(computed, 0) ^ Block.getLong(in, ivOffset);
        long low = Block.getLong(computed, 8) ^ Block.getLong(in, ivOffset + 8);
        return (high | low) == 0;
    }
}
