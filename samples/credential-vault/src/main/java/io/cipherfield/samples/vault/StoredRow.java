package io.cipherfield.samples.vault;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A connection as the database holds it, read past Hibernate. */
record StoredRow(Map<String, @Nullable Object> valuesByColumn) {

    private static final Set<String> CLEAR_COLUMNS = Set.of("ID", "NAME");

    boolean isEncryptedWith(KeyId key) {
        return valuesByColumn.entrySet().stream()
                .filter(column -> !CLEAR_COLUMNS.contains(column.getKey()))
                .map(column -> header(column.getValue()))
                .allMatch(header -> header != null && header.keyId().equals(key));
    }

    private static @Nullable CiphertextHeader header(@Nullable Object stored) {
        return stored instanceof byte[] bytes
                ? CiphertextHeader.of(bytes)
                : CiphertextHeader.of(String.valueOf(stored));
    }

    boolean showsASecretOf(Credentials credentials) {
        return Stream.of(
                        credentials.url(),
                        credentials.user(),
                        credentials.password(),
                        credentials.oauthToken(),
                        credentials.apiKey(),
                        credentials.expires())
                .filter(Objects::nonNull)
                .anyMatch(secret -> shows(secret.toString()));
    }

    boolean shows(String text) {
        return valuesByColumn.values().stream()
                .map(stored -> stored instanceof byte[] bytes
                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                        : String.valueOf(stored))
                .anyMatch(stored -> stored.contains(text));
    }
}
