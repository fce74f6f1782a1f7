package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReader;
import org.jspecify.annotations.Nullable;

/**
 * What a stored value's header or mark says of it.
 *
 * @param reader the name of the legacy reader whose value it is
 * @param current whether new values have this form too
 */
record ValueForm(
        CensusEntry.Kind kind,
        @Nullable CiphertextHeader header,
        @Nullable String reader,
        boolean current) {

    static final ValueForm NULL = new ValueForm(CensusEntry.Kind.NULL, null, null, true);
    static final ValueForm PLAINTEXT = new ValueForm(CensusEntry.Kind.PLAINTEXT, null, null, false);

    static ValueForm ciphertext(CiphertextHeader header, boolean current) {
        return new ValueForm(CensusEntry.Kind.CIPHERTEXT, header, null, current);
    }

    /** @param reader whose value it is; null for plaintext */
    static ValueForm withoutHeader(@Nullable LegacyReader reader) {
        return reader == null ? PLAINTEXT : new ValueForm(CensusEntry.Kind.LEGACY, null, reader.name(), false);
    }

    static ValueForm of(@Nullable Object stored, EncryptedAttribute attribute) {
        if (stored == null) {
            return NULL;
        }
        return of(stored, attribute, attribute.header(stored));
    }

    /** @param header of the value, as the attribute tells it */
    static ValueForm of(Object stored, EncryptedAttribute attribute, @Nullable CiphertextHeader header) {
        return header == null
                ? withoutHeader(attribute.legacyReader(stored, null))
                : ciphertext(
                        header,
                        StoredForm.isColumnsOwn(stored) && attribute.encryptor().isCurrent(header));
    }
}
