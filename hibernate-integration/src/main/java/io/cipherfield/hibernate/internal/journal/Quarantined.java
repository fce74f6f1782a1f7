package io.cipherfield.hibernate.internal.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A value that was left as it is. Neither the value nor its ciphertext is part of it.
 *
 * @param table as SQL names it
 * @param key the row's primary key, as reports show it
 * @param column as SQL names it
 * @param keyId that the value's header names, or null if it has none
 * @param reason for a person to read
 * @param fingerprint tells whether the value is still the one that was left, without showing it; null if nobody need know
 */
public record Quarantined(
        String table,
        String key,
        String column,
        @Nullable String keyId,
        String reason,
        @Nullable String fingerprint) {

    /** The same for the same value, and short: indexes of databases end between 900 and 3072 bytes, and keys do not. */
    String id() {
        String address = table.length() + " " + column.length() + " " + table + column + key;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
