package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.legacy.LegacyValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Formats of another system, small ones: a stream of bytes under a password, with one byte of padding, as little as a block cipher's, or with
 * a checksum under the password. Jasypt's own are read by tests of their readers.
 */
final class OldFormats {

    static final String PASSWORD = "old password";

    /** {@code ENC(…)}; a wrong password passes one time in 256. */
    static final Format SEALED = new Format("sealed", "ENC(", ")", 1);

    /** Notices each change. */
    static final Format TOKEN = new Format("token", "gAAAAA", "", 16);

    /** Has no mark. */
    static final Format OWNED = new Format("owned", "", "", 1);

    private OldFormats() {}

    static LegacyReaders readers(String password) {
        return LegacyReaders.of(new Reader(SEALED, password), new Reader(TOKEN, password), new Reader(OWNED, password));
    }

    record Format(String name, String before, String behind, int checked) {

        String write(String value) {
            return write(value, PASSWORD);
        }

        String write(String value, String password) {
            byte[] plain = value.getBytes(StandardCharsets.UTF_8);
            byte[] body = Arrays.copyOf(plain, plain.length + checked);
            System.arraycopy(check(plain, password), 0, body, plain.length, checked);
            return before + HexFormat.of().formatHex(stream(body, password)) + behind;
        }

        private byte[] check(byte[] plain, String password) {
            return checked == 1 ? new byte[] {1} : sha(plain, password.getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Reader(Format format, String password) implements LegacyReader {

        @Override
        public String name() {
            return format.name();
        }

        @Override
        public Claim claim() {
            return format.before().isEmpty() ? Claim.EVERYTHING : Claim.MARKED;
        }

        @Override
        public boolean recognises(byte[] stored) {
            String text = new String(stored, StandardCharsets.ISO_8859_1);
            return text.startsWith(format.before()) && text.endsWith(format.behind());
        }

        @Override
        public boolean authenticated() {
            return format.checked() > 1;
        }

        @Override
        public byte[] read(byte[] stored) {
            String text = new String(stored, StandardCharsets.UTF_8);
            byte[] body;
            try {
                String hex = text.substring(
                        format.before().length(),
                        text.length() - format.behind().length());
                body = stream(HexFormat.of().parseHex(hex), password);
            } catch (IllegalArgumentException e) {
                throw new LegacyValueException("It is no value of this format.");
            }
            int length = body.length - format.checked();
            if (length < 0) {
                throw new LegacyValueException("It was cut.");
            }
            byte[] plain = Arrays.copyOf(body, length);
            byte[] check = Arrays.copyOf(format.check(plain, password), format.checked());
            if (!Arrays.equals(check, Arrays.copyOfRange(body, length, body.length))) {
                throw new LegacyValueException("It does not decrypt: look at the password.");
            }
            return plain;
        }

        @Override
        public String toString() {
            return format.name();
        }
    }

    private static byte[] stream(byte[] bytes, String password) {
        byte[] out = bytes.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= sha(new byte[] {(byte) i, (byte) bytes.length}, password.getBytes(StandardCharsets.UTF_8))[0];
        }
        return out;
    }

    private static byte[] sha(byte[] first, byte[] second) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(first);
            return sha.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
