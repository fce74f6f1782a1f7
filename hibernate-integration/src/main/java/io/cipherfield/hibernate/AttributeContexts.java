package io.cipherfield.hibernate;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.DecryptionException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the values of one attribute are bound to: its context, and those from before a rename, in which a value is tried that does not
 * decrypt in the present one. Without former ones, no value is tried twice. Safe for use by many threads.
 */
final class AttributeContexts {

    private final String present;
    private final List<String> former;
    private final boolean deterministic;
    private final CipherfieldService service;
    private volatile @Nullable FieldEncryptor encryptor;

    AttributeContexts(AttributeOptions options, CipherfieldService service) {
        this.present = options.context();
        this.former = options.formerContexts();
        this.deterministic = options.deterministic();
        this.service = service;
    }

    List<String> former() {
        return former;
    }

    /** Of the present context. */
    FieldEncryptor encryptor() {
        FieldEncryptor current = encryptor;
        if (current == null) {
            current = encryptor(present);
            encryptor = current;
        }
        return current;
    }

    private FieldEncryptor encryptor(String context) {
        return service.encryptor(context, deterministic);
    }

    /** In how many ciphertexts rows may hold one value of a deterministic attribute. */
    int ciphertexts(Keyring keyring) {
        return keyring.keys().size() * (1 + former.size());
    }

    /** The first ones are those of the present context, by key in the ring's order. */
    byte[] ciphertext(byte[] plaintext, Keyring keyring, int form) {
        List<CipherKey> keys = keyring.keys();
        int context = form / keys.size();
        FieldEncryptor of = context == 0 ? encryptor() : encryptor(former.get(context - 1));
        return of.encrypt(plaintext, keys.get(form % keys.size()).id());
    }

    /** @throws DecryptionException as {@link FieldEncryptor#decrypt}, if it decrypts in none of the contexts */
    byte[] plaintext(byte[] ciphertext) {
        byte[] plaintext = encryptor().decryptIfAuthentic(ciphertext);
        return plaintext != null ? plaintext : formerPlaintext(ciphertext);
    }

    /** Of what does not decrypt in the present context. */
    byte[] formerPlaintext(byte[] ciphertext) {
        for (String context : former) {
            byte[] plaintext = encryptor(context).decryptIfAuthentic(ciphertext);
            if (plaintext != null) {
                return plaintext;
            }
        }
        String other = service.attributeOf(ciphertext, this::isOwn);
        if (other == null) {
            // Throws, with what can be wrong.
            return encryptor().decrypt(ciphertext);
        }
        CiphertextHeader header = Objects.requireNonNull(CiphertextHeader.of(ciphertext));
        throw new DecryptionException(
                DecryptionException.Reason.NOT_AUTHENTIC,
                header.keyId(),
                "The value of " + present + " under key " + header.keyId() + " does not decrypt. It was written for "
                        + other
                        + ", and something else than the application copied it here. If the class or the attribute was renamed,"
                        + " pin its old name as the context, or name it in formerContexts.");
    }

    private boolean isOwn(String context) {
        return context.equals(present) || former.contains(context);
    }
}
