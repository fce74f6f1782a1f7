package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.KeyId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that could not be decrypted or rewritten, and was left as it is. The value itself is never part of it.
 *
 * @param table as SQL names it
 * @param column as SQL names it
 * @param key the row's primary key
 * @param keyId the key that the value's header names, or null if the value has none
 * @param reason for a person to read
 */
public record FailedValue(
        String table, String column, String key, @Nullable KeyId keyId, String reason) {

    Map<String, Object> toMap() {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("table", table);
        failure.put("column", column);
        failure.put("row", key);
        if (keyId != null) {
            failure.put("key", keyId.toString());
        }
        failure.put("reason", reason);
        return failure;
    }

    @Override
    public String toString() {
        return table + "." + column + ", row " + key + (keyId == null ? "" : ", key " + keyId) + ": " + reason;
    }
}
