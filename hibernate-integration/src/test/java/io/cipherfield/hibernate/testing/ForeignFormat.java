package io.cipherfield.hibernate.testing;

import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/**
 * A small format of another system, with its reader: {@code before base64(nonce 4B | masked plaintext | checksum 4B) behind}. Its values do not show their
 * plaintext; it is marked if there is something before or behind, and gives equal values equal forms if its nonce is fixed.
 */
public record ForeignFormat(String name, String before, String behind, boolean deterministic) implements LegacyReader {

    private static final int FIXED_NONCE = 0x5EA1_0F0F;
    private static final int OVERHEAD = 2 * Integer.BYTES;

    /** {@code ENC(…)}, another value each time. */
    public static final ForeignFormat ENC = new ForeignFormat("enc", "ENC(", ")", false);

    /** Starts as Fernet's tokens do. */
    public static final ForeignFormat TOKEN = new ForeignFormat("token", "gAAAA", "", false);

    /** Bears no mark. */
    public static final ForeignFormat OWNER = new ForeignFormat("owner", "", "", false);

    /** {@code FIX(…)}, equal for equal values. */
    public static final ForeignFormat FIXED = new ForeignFormat("fixed", "FIX(", ")", true);

    /** Bears no mark, and is equal for equal values. */
    public static final ForeignFormat FIXED_OWNER = new ForeignFormat("fixed-owner", "", "", true);

    @Override
    public Claim claim() {
        return before.isEmpty() ? Claim.EVERYTHING : Claim.MARKED;
    }

    @Override
    public boolean recognises(byte[] stored) {
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        return text.startsWith(before) && text.endsWith(behind);
    }

    @Override
    public boolean authenticated() {
        return this != ENC;
    }

    public String write(String plaintext) {
        return write(plaintext.getBytes(StandardCharsets.UTF_8));
    }

    public String write(byte[] plaintext) {
        // Not negative: no value starts like a header.
        int nonce = deterministic ? FIXED_NONCE : ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        byte[] body = ByteBuffer.allocate(plaintext.length + OVERHEAD)
                .putInt(nonce)
                .put(masked(plaintext, nonce))
                .putInt(checksum(plaintext))
                .array();
        return before + Base64.getUrlEncoder().encodeToString(body) + behind;
    }

    @Override
    public byte[] storedForm(byte[] plaintext) {
        return deterministic
                ? write(plaintext).getBytes(StandardCharsets.US_ASCII)
                : LegacyReader.super.storedForm(plaintext);
    }

    @Override
    public byte[] read(byte[] stored) {
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        byte[] body;
        try {
            body = Base64.getUrlDecoder().decode(text.substring(before.length(), text.length() - behind.length()));
        } catch (IllegalArgumentException e) {
            throw new LegacyValueException("It is no base64.");
        }
        if (body.length < OVERHEAD) {
            throw new LegacyValueException("It was cut.");
        }
        int behindMasked = body.length - Integer.BYTES;
        ByteBuffer parts = ByteBuffer.wrap(body);
        byte[] plaintext = masked(Arrays.copyOfRange(body, Integer.BYTES, behindMasked), parts.getInt(0));
        if (parts.getInt(behindMasked) != checksum(plaintext)) {
            throw new LegacyValueException("Its checksum is not right.");
        }
        return plaintext;
    }

    private static byte[] masked(byte[] bytes, int nonce) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= (byte) (nonce >>> i % 4 * 8 ^ 0xA7 + i);
        }
        return masked;
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
