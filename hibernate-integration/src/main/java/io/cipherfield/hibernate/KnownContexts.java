package io.cipherfield.hibernate;

import io.cipherfield.FieldEncryptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of a factory's attributes, to say of a value that fails which other attribute it was written for; nothing is ever read by them.
 * Safe for use by many threads.
 */
final class KnownContexts {

    private final Map<String, String> attributes = new ConcurrentHashMap<>();

    void add(AttributeOptions options) {
        attributes.putIfAbsent(options.context(), options.attribute());
        options.formerContexts().forEach(context -> attributes.putIfAbsent(context, options.attribute()));
    }

    /**
     * @param ciphertext under a key of the ring
     * @return for example {@code Patient.ssn (com.acme.Patient.ssn)}; null if it is none's
     */
    @Nullable
    String attributeOf(byte[] ciphertext, Predicate<String> excluded, Function<String, FieldEncryptor> encryptors) {
        for (Map.Entry<String, String> known : attributes.entrySet()) {
            if (!excluded.test(known.getKey())
                    && encryptors.apply(known.getKey()).decryptIfAuthentic(ciphertext) != null) {
                return known.getKey() + " (" + known.getValue() + ")";
            }
        }
        return null;
    }
}
