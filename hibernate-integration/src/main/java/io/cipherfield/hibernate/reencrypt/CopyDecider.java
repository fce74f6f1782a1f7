package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldException;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.legacy.LegacyReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of the target's value of a row: it is filled where it is null, and never replaced by another one unless that was asked for. What
 * is about to be written is decrypted once more. Before a copy, it only says whether readers that do not notice a wrong key decode their values.
 */
final class CopyDecider {

    private final TableShape shape;
    private final EncryptedColumn column;
    private final Copy copy;
    private final CopiedValues values;
    private final Decider decider;

    CopyDecider(TableShape shape, Copy copy, Decider decider) {
        this.shape = shape;
        this.column = shape.columns().get(0);
        this.copy = copy;
        this.values = new CopiedValues(copy.source());
        this.decider = decider;
    }

    void decide(Row row) {
        DecodedValues counted = decider.legacyCheck();
        row.decide(0, counted == null ? decision(row) : decoded(row, counted));
    }

    /** Whatever else keeps a value from being copied is for the copy to say. */
    private Decision decoded(Row row, DecodedValues counted) {
        Object read = row.source();
        EncryptedAttribute attribute = column.attribute();
        LegacyReader reader = read == null ? null : CopiedValues.reader(attribute, read);
        if (read == null) {
            return Decision.NULL;
        }
        if (reader == null || reader.authenticated()) {
            return Decision.CURRENT;
        }
        try {
            attribute.decrypt(CopiedValues.stored(read));
            counted.decoded(reader.name());
            return new Decision(Decision.Outcome.REWRITE_LEGACY, null, null);
        } catch (EncryptedAttributeException e) {
            counted.failed(reader.name());
            return failed(row, String.valueOf(e.getMessage()));
        }
    }

    Decision decision(Row row) {
        Object read = row.source();
        Object stored = row.stored(0);
        if (read == null) {
            return stored != null && copy.overwrite() ? Decision.CLEAR : Decision.NULL;
        }
        try {
            EncryptedAttribute attribute = column.attribute();
            Object value = values.value(attribute, read);
            if (stored != null) {
                if (values.same(attribute, value, attribute.decrypt(stored))) {
                    return Decision.CURRENT;
                }
                if (!copy.overwrite()) {
                    return failed(
                            row,
                            "It holds another value than " + copy.source().name()
                                    + ". One of the two is older: a version of the application that knows only one of them wrote since. Before"
                                    + " the application reads the encrypted one, the source is the newer one: run the copy with overwrite."
                                    + " Afterwards never do that: it would put old values in the place of new ones.");
                }
            }
            return encrypted(row, attribute, value);
        } catch (EncryptedAttributeException | CipherfieldException | CopiedValues.NotCopied e) {
            return failed(row, String.valueOf(e.getMessage()));
        }
    }

    private Decision encrypted(Row row, EncryptedAttribute attribute, Object value) {
        Object replacement = attribute.encrypt(value);
        if (!attribute.equal(value, attribute.decrypt(replacement))) {
            return failed(
                    row,
                    "The new ciphertext did not decrypt to the same value: the attribute does not keep all of it, or this machine or its Java"
                            + " runtime does not compute correctly.");
        }
        long length = Decider.lengthOf(replacement);
        if (length > shape.lengths().get(0)) {
            return failed(row, Decider.tooLong(length, shape.lengths().get(0)));
        }
        return new Decision(Decision.Outcome.REWRITE, replacement, null);
    }

    /** Whether the application has not changed the plain value between two readings. */
    boolean sameSource(Row one, Row other) {
        Object before = one.source();
        Object now = other.source();
        EncryptedAttribute attribute = column.attribute();
        if (before == null || now == null) {
            return before == now;
        }
        boolean values =
                attribute.javaType().isInstance(before) && attribute.javaType().isInstance(now);
        return values ? attribute.equal(before, now) : Objects.deepEquals(before, now);
    }

    Decision contended(Row row, int attempts) {
        return decider.contended(shape, column, row, attempts);
    }

    private Decision failed(Row row, String reason) {
        @Nullable Object stored = row.stored(0);
        return decider.failed(
                shape, column, row, stored == null ? null : column.attribute().header(stored), reason);
    }
}
