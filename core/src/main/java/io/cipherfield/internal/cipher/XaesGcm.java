package io.cipherfield.internal.cipher;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * XAES-256-GCM (c2sp.org/XAES-256-GCM): AES-256-GCM under a key derived from the first half of a random 192-bit nonce.
 *
 * <pre>
 * nonce 24B ‖ ciphertext ‖ tag 16B
 * </pre>
 */
public final class XaesGcm {

    public static final int KEY_SIZE_IN_BYTES = 32;
    private static final int NONCE_SIZE_IN_BYTES = 24;
    private static final int NONCE_PREFIX_SIZE_IN_BYTES = 12;
    private static final int TAG_SIZE_IN_BYTES = 16;
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final Block cmacKey;
    private final Pool<State> pool = new Pool<>(State::new);

    /** @param key 32 bytes, which are copied */
    public XaesGcm(byte[] key) {
        if (key.length != KEY_SIZE_IN_BYTES) {
            throw new IllegalArgumentException("XAES-256-GCM takes a key of 32 bytes, not " + key.length);
        }
        this.key = Aes.key(key, 0, KEY_SIZE_IN_BYTES);
        this.cmacKey = Cmac.of(Aes.cbcMac(this.key)).completeBlockKey;
    }

    /** A fresh random nonce for each value. */
    public BoundCipher randomised(byte[] associatedData) {
        return new Bound(associatedData, null);
    }

    /** For published vectors, whose nonce is given. */
    BoundCipher withNonce(byte[] nonce, byte[] associatedData) {
        return new Bound(associatedData, nonce);
    }

    private final class State {
        final Aes ecb = Aes.ecb(key);
        final Cipher gcm = newGcm();
        final byte[] kdfInput = new byte[2 * Aes.BLOCK_SIZE_IN_BYTES];
        final byte[] derivedKey = new byte[Aes.KEY_SIZE_IN_BYTES];
    }

    private static Cipher newGcm() {
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new CipherUnavailableException(TRANSFORMATION, e);
        }
    }

    private final class Bound implements BoundCipher {

        private final byte[] associatedData;
        private final byte @Nullable [] fixedNonce;

        Bound(byte[] associatedData, byte @Nullable [] fixedNonce) {
            this.associatedData = associatedData.clone();
            this.fixedNonce = fixedNonce;
        }

        @Override
        public int overheadInBytes() {
            return NONCE_SIZE_IN_BYTES + TAG_SIZE_IN_BYTES;
        }

        @Override
        public void seal(byte[] plaintext, byte[] out, int offset) {
            State state = pool.take();
            if (fixedNonce == null) {
                Nonces.fresh(out, offset, NONCE_SIZE_IN_BYTES);
            } else {
                System.arraycopy(fixedNonce, 0, out, offset, NONCE_SIZE_IN_BYTES);
            }
            try {
                initialise(state, Cipher.ENCRYPT_MODE, out, offset);
                state.gcm.doFinal(plaintext, 0, plaintext.length, out, offset + NONCE_SIZE_IN_BYTES);
            } catch (GeneralSecurityException e) {
                throw new CipherUnavailableException(TRANSFORMATION, e);
            }
            pool.giveBack(state);
        }

        @Override
        public byte @Nullable [] open(byte[] in, int offset) {
            State state = pool.take();
            int bodyOffset = offset + NONCE_SIZE_IN_BYTES;
            byte[] plaintext;
            try {
                initialise(state, Cipher.DECRYPT_MODE, in, offset);
                plaintext = state.gcm.doFinal(in, bodyOffset, in.length - bodyOffset);
            } catch (AEADBadTagException e) {
                return null;
            } catch (GeneralSecurityException e) {
                throw new CipherUnavailableException(TRANSFORMATION, e);
            }
            pool.giveBack(state);
            return plaintext;
        }

        private void initialise(State state, int mode, byte[] nonce, int nonceOffset) throws GeneralSecurityException {
            deriveKey(state, nonce, nonceOffset);
            SecretKeySpec derived = Aes.key(state.derivedKey, 0, Aes.KEY_SIZE_IN_BYTES);
            Arrays.fill(state.derivedKey, (byte) 0);
            state.gcm.init(
                    mode,
                    derived,
                    new GCMParameterSpec(
                            TAG_SIZE_IN_BYTES * Byte.SIZE,
                            nonce,
                            nonceOffset + NONCE_PREFIX_SIZE_IN_BYTES,
                            NONCE_SIZE_IN_BYTES - NONCE_PREFIX_SIZE_IN_BYTES));
            state.gcm.updateAAD(associatedData);
        }

        /** The counter-mode KDF of NIST SP 800-108r1 with CMAC: two blocks, {@code 0x00 i 'X' 0x00 ‖ nonce[:12]}. */
        private void deriveKey(State state, byte[] nonce, int nonceOffset) {
            for (int i = 1; i <= 2; i++) {
                int at = (i - 1) * Aes.BLOCK_SIZE_IN_BYTES;
                state.kdfInput[at] = 0;
                state.kdfInput[at + 1] = (byte) i;
                state.kdfInput[at + 2] = 'X';
                state.kdfInput[at + 3] = 0;
                System.arraycopy(nonce, nonceOffset, state.kdfInput, at + 4, NONCE_PREFIX_SIZE_IN_BYTES);
                cmacKey.xorInto(state.kdfInput, at);
            }
            state.ecb.finish(state.kdfInput, state.kdfInput.length, state.derivedKey);
        }
    }
}
