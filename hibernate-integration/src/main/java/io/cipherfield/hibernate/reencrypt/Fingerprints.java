package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherKey;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Tells whether a stored value is still the one that was seen before, without keeping it: what is kept is worth nothing to those who lack the
 * keys, also where the value is short plaintext that anybody could guess. Thread-safe.
 */
final class Fingerprints {

    /** The context of what is in nobody's column; an attribute's has no slash. */
    private static final String CONTEXT = "cipherfield/quarantine";

    private final Keyring keyring;
    private final FieldEncryptor encryptor;

    Fingerprints(Keyring keyring) {
        this.keyring = keyring;
        this.encryptor = FieldEncryptor.of(keyring, Suite.AES_SIV_DETERMINISTIC, CONTEXT);
    }

    /** @param stored a String or bytes */
    String of(Object stored) {
        return of(stored, keyring.primary());
    }

    /** Under whichever key of the ring it was taken. */
    boolean matches(String fingerprint, Object stored) {
        return all(stored).anyMatch(fingerprint::equals);
    }

    /** One for each key of the ring. */
    Stream<String> all(Object stored) {
        return keyring.keys().stream().map(key -> of(stored, key));
    }

    private String of(Object stored, CipherKey key) {
        return hash(encryptor.encrypt(hash(stored).getBytes(StandardCharsets.US_ASCII), key.id()));
    }

    private static String hash(Object stored) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] bytes = stored instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) stored;
            return HexFormat.of().formatHex(sha.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
