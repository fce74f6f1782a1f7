package io.cipherfield.benchmarks.value;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The floor that all ratios refer to: the JDK's AES-256-GCM with one key and nothing around it, a cipher for each thread,
 * nonces from a block that {@link SecureRandom} fills, the context as associated data.
 */
final class RawGcm implements FieldCipher {

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int NONCE_BLOCK = 4096 / NONCE * NONCE;

    private final ThreadLocal<State> state = ThreadLocal.withInitial(State::new);
    private final SecretKey key;
    private final byte[] context;

    RawGcm(byte[] key, byte[] context) {
        this.key = new SecretKeySpec(key, "AES");
        this.context = context;
    }

    private static final class State {
        final Cipher encrypt = cipher();
        final Cipher decrypt = cipher();
        final SecureRandom random = new SecureRandom();
        final byte[] nonces = new byte[NONCE_BLOCK];
        int position = NONCE_BLOCK;

        private static Cipher cipher() {
            try {
                return Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        void nonce(byte[] out) {
            if (position == NONCE_BLOCK) {
                random.nextBytes(nonces);
                position = 0;
            }
            System.arraycopy(nonces, position, out, 0, NONCE);
            Arrays.fill(nonces, position, position + NONCE, (byte) 0);
            position += NONCE;
        }
    }

    @Override
    public byte[] encrypt(byte[] plaintext) throws Exception {
        State s = state.get();
        byte[] out = new byte[NONCE + plaintext.length + TAG];
        s.nonce(out);
        s.encrypt.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, out, 0, NONCE));
        s.encrypt.updateAAD(context);
        s.encrypt.doFinal(plaintext, 0, plaintext.length, out, NONCE);
        return out;
    }

    @Override
    public byte[] decrypt(byte[] ciphertext) throws Exception {
        Cipher cipher = state.get().decrypt;
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, ciphertext, 0, NONCE));
        cipher.updateAAD(context);
        return cipher.doFinal(ciphertext, NONCE, ciphertext.length - NONCE);
    }
}
