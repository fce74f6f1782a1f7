package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldException;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.DecryptionException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.KeyId;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a stored value. Ciphertext is re-encrypted as typed plaintext, so that its type, its padding and each
 * of its bytes stay as they are; and what is about to be written is decrypted once more, since a value that was encrypted by a
 * broken machine would be lost. A dry run makes the new values too, since only they show whether they fit.
 */
final class Decider {

    private final Mode mode;
    private final Set<KeyId> from;

    Decider(Mode mode) {
        this(mode, Set.of());
    }

    /** @param from the keys whose values are rewritten; empty for all that are not current */
    Decider(Mode mode, Set<KeyId> from) {
        this.mode = mode;
        this.from = from;
    }

    void decide(TableShape shape, Row row) {
        for (int i = 0; i < shape.columns().size(); i++) {
            row.decide(i, decide(shape, i, row));
        }
    }

    Decision decide(TableShape shape, int index, Row row) {
        Object stored = row.stored(index);
        if (stored == null) {
            return Decision.NULL;
        }
        EncryptedColumn column = shape.columns().get(index);
        CiphertextHeader header = StoredForm.header(stored);
        if (!from.isEmpty() && (header == null || !from.contains(header.keyId()))) {
            return Decision.CURRENT;
        }
        try {
            Decision decision = decide(column.attribute(), stored, header);
            long length = lengthOf(decision.replacement());
            if (length > shape.lengths().get(index)) {
                return failed(
                        shape,
                        column,
                        row,
                        header,
                        "The re-encrypted value has the length " + length + ", but the column takes "
                                + shape.lengths().get(index) + ". Make the column longer.");
            }
            return decision;
        } catch (EncryptedAttributeException | CipherfieldException e) {
            return failed(shape, column, row, header, String.valueOf(e.getMessage()));
        }
    }

    private Decision decide(EncryptedAttribute attribute, Object stored, @Nullable CiphertextHeader header) {
        if (header == null) {
            // Throws where plaintext is not allowed.
            Object value = attribute.decrypt(stored);
            return new Decision(
                    Decision.Outcome.REWRITE_PLAINTEXT, mode == Mode.VERIFY ? null : attribute.encrypt(value), null);
        }
        boolean current =
                StoredForm.isColumnsOwn(stored) && attribute.encryptor().isCurrent(header);
        if (current && mode != Mode.VERIFY) {
            return Decision.CURRENT;
        }
        byte[] plaintext = attribute.encryptor().decrypt(StoredForm.ciphertext(stored));
        if (mode == Mode.VERIFY) {
            attribute.codec().decode(plaintext);
            return current ? Decision.CURRENT : new Decision(Decision.Outcome.REWRITE, null, null);
        }
        return new Decision(Decision.Outcome.REWRITE, reencrypt(attribute, plaintext), null);
    }

    private static Object reencrypt(EncryptedAttribute attribute, byte[] plaintext) {
        FieldEncryptor encryptor = attribute.encryptor();
        byte[] ciphertext = encryptor.encrypt(plaintext);
        if (!Arrays.equals(plaintext, encryptor.decrypt(ciphertext))) {
            throw new DecryptionException(
                    DecryptionException.Reason.NOT_AUTHENTIC,
                    null,
                    "The new ciphertext did not decrypt to the same value; nothing was written. This machine or its Java runtime"
                            + " does not compute correctly.");
        }
        return attribute.storage() == Storage.TEXT ? CiphertextText.encode(ciphertext) : ciphertext;
    }

    private static long lengthOf(@Nullable Object stored) {
        if (stored == null) {
            return 0;
        }
        return stored instanceof byte[] bytes ? bytes.length : ((String) stored).length();
    }

    Decision failed(
            TableShape shape, EncryptedColumn column, Row row, @Nullable CiphertextHeader header, String reason) {
        return Decision.failed(new FailedValue(
                column.table().name(),
                column.name(),
                shape.text(row.key()),
                header == null ? null : header.keyId(),
                reason));
    }

    /** For a value whose row the application changed at each attempt. */
    Decision contended(TableShape shape, EncryptedColumn column, Row row, int attempts) {
        return failed(
                shape,
                column,
                row,
                null,
                "The application changed the row at each of " + attempts + " attempts. Run the job again.");
    }
}
