package io.cipherfield.hibernate;

import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyValueException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which rows may hold one value of a deterministic attribute: under each key of the ring, in each context, in clear where that is read, and as
 * another system stored it where that can be worked out. The first is that of new values.
 */
final class ValueForms {

    private final EncryptedAttribute attribute;
    private final AttributeContexts contexts;
    private final LegacyValues legacy;

    ValueForms(EncryptedAttribute attribute, AttributeContexts contexts, LegacyValues legacy) {
        this.attribute = attribute;
        this.contexts = contexts;
        this.legacy = legacy;
    }

    int count() {
        return ciphertexts()
                + (attribute.plaintextAllowed() ? 1 : 0)
                + legacy.searchable().size();
    }

    /** @return String or byte[] */
    List<Object> all(Object value) {
        List<Object> forms = new ArrayList<>();
        for (int form = 0; form < count(); form++) {
            forms.add(form(value, form).stored());
        }
        return forms;
    }

    Sealed form(Object value, int form) {
        byte[] encoded = attribute.encode(value);
        int left = form;
        if (attribute.plaintextWritten()) {
            if (form == 0) {
                return inClear(encoded);
            }
            left--;
        }
        if (left < ciphertexts()) {
            return ciphertext(encoded, left);
        }
        left -= ciphertexts();
        if (attribute.plaintextAllowed() && !attribute.plaintextWritten()) {
            if (left == 0) {
                return inClear(encoded);
            }
            left--;
        }
        return legacy(value, encoded, legacy.searchable().get(left));
    }

    private int ciphertexts() {
        return contexts.ciphertexts(attribute.keyring());
    }

    private Sealed ciphertext(byte[] encoded, int form) {
        return new Sealed(attribute.stored(contexts.ciphertext(encoded, attribute.keyring(), form)));
    }

    /**
     * In clear, to look for it. What no row can hold in clear is looked for as ciphertext: above all a value that is itself a ciphertext, which
     * would find the row that it was copied from.
     */
    private Sealed inClear(byte[] encoded) {
        Object stored = attribute.searchedInClear(encoded);
        return stored == null ? ciphertext(encoded, 0) : attribute.sealed(stored);
    }

    /** The same of what no row can hold as that system's. */
    private Sealed legacy(Object value, byte[] encoded, LegacyReader reader) {
        try {
            @Nullable Object stored = legacy.storedForm(reader, value, attribute.storage());
            return stored == null ? ciphertext(encoded, 0) : attribute.sealed(stored);
        } catch (LegacyValueException e) {
            throw attribute.error("cannot be searched: " + e.getMessage(), e);
        }
    }
}
