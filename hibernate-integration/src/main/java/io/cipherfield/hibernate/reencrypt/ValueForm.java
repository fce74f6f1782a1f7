package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import org.jspecify.annotations.Nullable;

/**
 * What a stored value's header says of it.
 *
 * @param current whether new values have this form too
 */
record ValueForm(CensusEntry.Kind kind, @Nullable CiphertextHeader header, boolean current) {

    static final ValueForm NULL = new ValueForm(CensusEntry.Kind.NULL, null, true);
    static final ValueForm PLAINTEXT = new ValueForm(CensusEntry.Kind.PLAINTEXT, null, false);

    static ValueForm ciphertext(CiphertextHeader header, boolean current) {
        return new ValueForm(CensusEntry.Kind.CIPHERTEXT, header, current);
    }

    static ValueForm of(@Nullable Object stored, FieldEncryptor encryptor) {
        if (stored == null) {
            return NULL;
        }
        CiphertextHeader header = StoredForm.header(stored);
        return header == null
                ? PLAINTEXT
                : ciphertext(header, StoredForm.isColumnsOwn(stored) && encryptor.isCurrent(header));
    }
}
