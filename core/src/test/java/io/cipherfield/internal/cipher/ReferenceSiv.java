package io.cipherfield.internal.cipher;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-SIV written a second time, from the text of RFC 5297 and RFC 4493 alone and with any number of components: what {@link
 * AesSiv} is compared with. It is itself checked against the RFC's vectors.
 */
final class ReferenceSiv {

    private static final BigInteger BLOCK = BigInteger.ONE.shiftLeft(128);

    private final Cipher macCipher;
    private final SecretKeySpec counterKey;

    ReferenceSiv(byte[] key) {
        macCipher = cipher("AES/ECB/NoPadding", new SecretKeySpec(key, 0, key.length / 2, "AES"), null);
        counterKey = new SecretKeySpec(key, key.length / 2, key.length / 2, "AES");
    }

    byte[] encrypt(byte[] plaintext, byte[]... components) {
        byte[] v = s2v(plaintext, components);
        byte[] q = v.clone();
        q[8] &= 0x7F;
        q[12] &= 0x7F;
        return Vectors.concat(v, run(cipher("AES/CTR/NoPadding", counterKey, new IvParameterSpec(q)), plaintext));
    }

    /** Section 2.4. */
    private byte[] s2v(byte[] last, byte[]... components) {
        byte[] d = cmac(new byte[16]);
        for (byte[] component : components) {
            d = xor(dbl(d), cmac(component));
        }
        byte[] t;
        if (last.length >= 16) {
            t = last.clone();
            for (int i = 0; i < 16; i++) {
                t[last.length - 16 + i] ^= d[i];
            }
        } else {
            t = xor(dbl(d), pad(last));
        }
        return cmac(t);
    }

    /** RFC 4493, section 2.4. */
    byte[] cmac(byte[] message) {
        byte[] k1 = dbl(block(new byte[16]));
        int blocks = Math.max(1, (message.length + 15) / 16);
        int start = (blocks - 1) * 16;
        byte[] end = Arrays.copyOfRange(message, start, message.length);
        byte[] last = end.length == 16 ? xor(end, k1) : xor(pad(end), dbl(k1));
        byte[] chain = new byte[16];
        for (int i = 0; i < start; i += 16) {
            chain = block(xor(chain, Arrays.copyOfRange(message, i, i + 16)));
        }
        return block(xor(chain, last));
    }

    private static byte[] pad(byte[] bytes) {
        byte[] padded = Arrays.copyOf(bytes, 16);
        padded[bytes.length] = (byte) 0x80;
        return padded;
    }

    private static byte[] dbl(byte[] block) {
        BigInteger doubled = new BigInteger(1, block).shiftLeft(1);
        if (doubled.testBit(128)) {
            doubled = doubled.xor(BigInteger.valueOf(0x87)).mod(BLOCK);
        }
        byte[] bytes = doubled.toByteArray();
        byte[] out = new byte[16];
        for (int i = 1; i <= Math.min(16, bytes.length); i++) {
            out[16 - i] = bytes[bytes.length - i];
        }
        return out;
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] out = new byte[16];
        for (int i = 0; i < 16; i++) {
            out[i] = (byte) (a[i] ^ b[i]);
        }
        return out;
    }

    private byte[] block(byte[] input) {
        return run(macCipher, input);
    }

    private static Cipher cipher(String transformation, SecretKeySpec key, IvParameterSpec iv) {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.ENCRYPT_MODE, key, iv);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] run(Cipher cipher, byte[] input) {
        try {
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
