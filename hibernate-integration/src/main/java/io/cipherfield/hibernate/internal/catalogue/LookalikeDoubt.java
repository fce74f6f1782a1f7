package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose the values of one column are that start like ciphertext of a key which nobody has: all with one header are of a key that was lost, or all the
 * owner's. A few of them tell, for trying costs a derivation of a key each time. For one thread.
 */
public final class LookalikeDoubt {

    private static final int TRIED = 4;

    private final EncryptedAttribute attribute;
    private final Map<CiphertextHeader, Answers> byHeader = new HashMap<>();

    public LookalikeDoubt(EncryptedAttribute attribute) {
        this.attribute = attribute;
    }

    /** As {@link EncryptedAttribute#header}. */
    public @Nullable CiphertextHeader header(Object stored) {
        CiphertextHeader header = StoredForm.header(stored);
        if (header == null
                || attribute.legacyOwner() == null
                || attribute.encryptor().canRead(header)) {
            return header;
        }
        Answers answers = byHeader.computeIfAbsent(header, one -> new Answers());
        return answers.isOwners(attribute, stored) ? null : header;
    }

    private static final class Answers {

        private int tried;
        private int owners;

        boolean isOwners(EncryptedAttribute attribute, Object stored) {
            boolean agreed = owners == 0 || owners == tried;
            if (tried >= TRIED && agreed) {
                return owners > 0;
            }
            tried++;
            boolean isOwners = attribute.header(stored) == null;
            owners += isOwners ? 1 : 0;
            return isOwners;
        }
    }
}
