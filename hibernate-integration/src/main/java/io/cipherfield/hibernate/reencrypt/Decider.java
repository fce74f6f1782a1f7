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
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReader;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a stored value. Ciphertext is re-encrypted as typed plaintext, so that its type, its padding and each
 * of its bytes stay as they are; and what is about to be written is decrypted once more, since a value that was encrypted by a
 * broken machine would be lost. A dry run makes the new values too, since only they show whether they fit. What goes back to plaintext
 * is cut out of the typed plaintext as it is.
 */
final class Decider {

    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";

    private final Mode mode;
    private final Set<KeyId> from;
    private final Characters characters;
    private final @Nullable Acceptance acceptance;
    private final @Nullable DecodedValues legacyCheck;
    private final @Nullable LeftBefore left;

    /** Of a job that stores nothing in clear. */
    Decider(Mode mode) {
        this(mode, Set.of(), Characters.ALL, null, null, null);
    }

    private Decider(
            Mode mode,
            Set<KeyId> from,
            Characters characters,
            @Nullable Acceptance acceptance,
            @Nullable DecodedValues legacyCheck,
            @Nullable LeftBefore left) {
        this.mode = mode;
        this.from = from;
        this.characters = characters;
        this.acceptance = acceptance;
        this.legacyCheck = legacyCheck;
        this.left = left;
    }

    /**
     * @param from the keys whose values are rewritten; empty for all that are not current
     * @param acceptance of a job that writes; null of one that only looks
     */
    static Decider of(
            JobConnection connection,
            DatabaseKind database,
            TableShape shape,
            Mode mode,
            Set<KeyId> from,
            @Nullable Acceptance acceptance)
            throws SQLException {
        Characters characters = mode == Mode.DECRYPT_ALL ? Characters.of(connection, database, shape) : Characters.ALL;
        return new Decider(mode, from, characters, acceptance, null, null);
    }

    /**
     * Decodes the values that a {@link LegacyCheck} is about, and no other.
     *
     * @param left fail again, and are passed by
     */
    static Decider ofLegacyCheck(DecodedValues counted, LeftBefore left) {
        return new Decider(Mode.VERIFY, Set.of(), Characters.ALL, null, counted, left);
    }

    /** Where they are counted; null of a decider of anything else. */
    @Nullable
    DecodedValues legacyCheck() {
        return legacyCheck;
    }

    boolean storesInClear() {
        return mode == Mode.DECRYPT_ALL;
    }

    void decide(TableShape shape, Row row) {
        for (int i = 0; i < shape.columns().size(); i++) {
            row.decide(i, decide(shape, i, row));
        }
        if (mode != Mode.VERIFY && row.failed() && shape.moves()) {
            refuse(
                    shape,
                    row,
                    "Another value of its row failed, and a row of a table without a key that stays is rewritten whole or not at"
                            + " all.");
        }
    }

    /** Whether the headers tell that nothing of the row is to be rewritten, so that nobody need decrypt it. */
    boolean settled(TableShape shape, Row row) {
        for (int i = 0; i < shape.columns().size(); i++) {
            Object stored = row.stored(i);
            if (stored != null && !settled(shape.columns().get(i).attribute(), stored)) {
                return false;
            }
        }
        return true;
    }

    private boolean settled(EncryptedAttribute attribute, Object stored) {
        CiphertextHeader header = attribute.header(stored);
        if (header == null) {
            return mode.rebinds()
                    || !from.isEmpty()
                    || (storesInClear() && attribute.legacyReader(stored, null) == null);
        }
        boolean toBeLeft = from.isEmpty() || from.contains(header.keyId());
        if (mode.rebinds() && toBeLeft) {
            return isBound(attribute, stored);
        }
        return !toBeLeft || (!storesInClear() && isCurrent(attribute, stored, header));
    }

    /** Whether it is bound to the present context, which no header tells; not if that cannot be told. */
    private static boolean isBound(EncryptedAttribute attribute, Object stored) {
        try {
            return attribute.encryptor().decryptIfAuthentic(StoredForm.ciphertext(stored)) != null;
        } catch (DecryptionException e) {
            return false;
        }
    }

    private static boolean isCurrent(EncryptedAttribute attribute, Object stored, CiphertextHeader header) {
        return StoredForm.isColumnsOwn(stored) && attribute.encryptor().isCurrent(header);
    }

    /** The state by which the database says of values that it does not take them; null if the failure is another one. */
    @Nullable
    String refusal(SQLException failure) {
        return storesInClear()
                ? SqlStates.ofClass(failure, DATA_EXCEPTION, CONSTRAINT_VIOLATION)
                : SqlStates.ofClass(failure, CONSTRAINT_VIOLATION);
    }

    /** For a row whose new values the database does not take. */
    void refused(TableShape shape, Row row, String sqlState) {
        refuse(
                shape,
                row,
                storesInClear()
                        ? "The database refused the row's values in clear (SQLSTATE " + sqlState
                                + "): a unique constraint, a check or the column's type does not take them."
                        : "The database refused the new value by a constraint. In a unique column or a set, another row holds it"
                                + " already: the same value under two keys, or in two contexts. Remove one of the two rows.");
    }

    private void refuse(TableShape shape, Row row, String reason) {
        for (int i = 0; i < shape.columns().size(); i++) {
            Object stored = row.stored(i);
            if (row.decision(i).outcome().rewrites() && stored != null) {
                row.decide(
                        i,
                        failed(
                                shape,
                                shape.columns().get(i),
                                row,
                                shape.columns().get(i).attribute().header(stored),
                                reason));
            }
        }
    }

    Decision decide(TableShape shape, int index, Row row) {
        Object stored = row.stored(index);
        if (stored == null) {
            return Decision.NULL;
        }
        EncryptedColumn column = shape.columns().get(index);
        CiphertextHeader header = column.attribute().header(stored);
        if (!from.isEmpty() && (header == null || !from.contains(header.keyId()))) {
            return Decision.CURRENT;
        }
        if (legacyCheck != null) {
            return LegacyCheck.concerns(column.attribute(), stored, header)
                    ? counted(legacyCheck, shape, index, row, stored, header)
                    : Decision.CURRENT;
        }
        return decide(shape, index, row, stored, header);
    }

    private Decision counted(
            DecodedValues counts,
            TableShape shape,
            int index,
            Row row,
            Object stored,
            @Nullable CiphertextHeader header) {
        Decision decision = decide(shape, index, row, stored, header);
        EncryptedColumn column = shape.columns().get(index);
        LegacyReader reader = column.attribute().legacyReader(stored, header);
        if (reader == null) {
            return decision;
        }
        boolean failed = decision.outcome() == Decision.Outcome.FAILED;
        if (left != null && left.includes(column, stored)) {
            if (failed) {
                counts.failedOfLeft(reader.name());
                return Decision.CURRENT;
            }
            counts.decodedOfLeft(reader.name());
        }
        if (failed) {
            counts.failed(reader.name());
        } else {
            counts.decoded(reader.name());
        }
        return decision;
    }

    private Decision decide(TableShape shape, int index, Row row, Object stored, @Nullable CiphertextHeader header) {
        EncryptedColumn column = shape.columns().get(index);
        try {
            Decision decision = switch (mode) {
                case DECRYPT_ALL -> inClear(column, stored, header);
                case REBIND, REBIND_DRY_RUN -> rebind(column.attribute(), stored, header);
                default -> decide(column.attribute(), stored, header);
            };
            return fitting(shape, index, row, decision);
        } catch (EncryptedAttributeException | CipherfieldException e) {
            return unreadable(shape, index, row, stored, header, String.valueOf(e.getMessage()));
        }
    }

    private Decision fitting(TableShape shape, int index, Row row, Decision decision) {
        long length = lengthOf(decision.replacement());
        Object stored = row.stored(index);
        return length <= shape.lengths().get(index) || stored == null
                ? decision
                : failed(
                        shape,
                        shape.columns().get(index),
                        row,
                        shape.columns().get(index).attribute().header(stored),
                        tooLong(length, shape.lengths().get(index)));
    }

    private Decision unreadable(
            TableShape shape, int index, Row row, Object stored, @Nullable CiphertextHeader header, String reason) {
        EncryptedColumn column = shape.columns().get(index);
        String key = shape.text(row);
        if (acceptance == null) {
            return failed(shape, column, row, header, reason);
        }
        if (mode != Mode.RUN) {
            return Decision.unreadable(failure(shape, column, row, header, reason), acceptance.fingerprint(stored));
        }
        if (!acceptance.names(column, key)) {
            String hint = header != null && column.attribute().plaintextAllowed()
                    ? " If it is plaintext that only looks like this, it can be accepted by its place: see"
                            + " docs/reencryption.md."
                    : "";
            return Decision.unreadable(
                    failure(shape, column, row, header, reason + hint), acceptance.fingerprint(stored));
        }
        String obstacle = acceptance.obstacle(column, key, stored);
        if (obstacle != null) {
            return failed(shape, column, row, header, reason + " " + obstacle);
        }
        try {
            Object value = column.attribute().plaintext(stored);
            return fitting(shape, index, row, encrypted(column.attribute(), value, Decision.Outcome.REWRITE_PLAINTEXT));
        } catch (EncryptedAttributeException | CipherfieldException e) {
            return failed(shape, column, row, header, String.valueOf(e.getMessage()));
        }
    }

    private Decision decide(EncryptedAttribute attribute, Object stored, @Nullable CiphertextHeader header) {
        if (header == null) {
            LegacyReader reader = attribute.legacyReader(stored, null);
            // Throws where plaintext is not allowed.
            Object value = attribute.decrypt(stored, null);
            if (reader != null) {
                return encrypted(attribute, value, Decision.Outcome.REWRITE_LEGACY);
            }
            return mode == Mode.VERIFY && attribute.plaintextWritten()
                    ? Decision.CURRENT
                    : encrypted(attribute, value, Decision.Outcome.REWRITE_PLAINTEXT);
        }
        boolean current =
                isCurrent(attribute, stored, header) && !(mode == Mode.VERIFY && attribute.plaintextWritten());
        if (current && mode != Mode.VERIFY) {
            return Decision.CURRENT;
        }
        byte[] ciphertext = StoredForm.ciphertext(stored);
        if (mode == Mode.VERIFY) {
            return verify(attribute, ciphertext, current);
        }
        return new Decision(Decision.Outcome.REWRITE, reencrypt(attribute, attribute.plaintextOf(ciphertext)), null);
    }

    private static Decision verify(EncryptedAttribute attribute, byte[] ciphertext, boolean current) {
        byte[] plaintext = attribute.encryptor().decryptIfAuthentic(ciphertext);
        boolean bound = plaintext != null;
        attribute.codec().decode(plaintext != null ? plaintext : attribute.formerPlaintextOf(ciphertext));
        if (bound && current) {
            return Decision.CURRENT;
        }
        return new Decision(bound ? Decision.Outcome.REWRITE : Decision.Outcome.REBIND, null, null);
    }

    /** Whatever is no ciphertext has no context. */
    private static Decision rebind(EncryptedAttribute attribute, Object stored, @Nullable CiphertextHeader header) {
        if (header == null) {
            return Decision.CURRENT;
        }
        byte[] ciphertext = StoredForm.ciphertext(stored);
        if (attribute.encryptor().decryptIfAuthentic(ciphertext) != null) {
            return Decision.CURRENT;
        }
        byte[] plaintext = attribute.formerPlaintextOf(ciphertext);
        return new Decision(Decision.Outcome.REBIND, reencrypt(attribute, plaintext), null);
    }

    private Decision encrypted(EncryptedAttribute attribute, Object value, Decision.Outcome outcome) {
        return new Decision(outcome, mode == Mode.VERIFY ? null : reencrypt(attribute, attribute.encode(value)), null);
    }

    private Decision inClear(EncryptedColumn column, Object stored, @Nullable CiphertextHeader header) {
        EncryptedAttribute attribute = column.attribute();
        if (header != null) {
            byte[] plaintext = attribute.plaintextOf(StoredForm.ciphertext(stored));
            return inClear(column, plaintext, Decision.Outcome.REWRITE);
        }
        return attribute.legacyReader(stored, null) == null
                ? Decision.CURRENT
                : inClear(column, attribute.encode(attribute.decrypt(stored, null)), Decision.Outcome.REWRITE_LEGACY);
    }

    private Decision inClear(EncryptedColumn column, byte[] plaintext, Decision.Outcome outcome) {
        Object value = column.attribute().inClearOf(plaintext);
        characters.check(column, value);
        return new Decision(outcome, value, null);
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

    static long lengthOf(@Nullable Object stored) {
        if (stored == null) {
            return 0;
        }
        return stored instanceof byte[] bytes ? bytes.length : ((String) stored).length();
    }

    static String tooLong(long length, long most) {
        return "The new value has the length " + length + ", but the column takes " + most
                + ". Make the column longer.";
    }

    Decision failed(
            TableShape shape, EncryptedColumn column, Row row, @Nullable CiphertextHeader header, String reason) {
        return Decision.failed(failure(shape, column, row, header, reason));
    }

    private static FailedValue failure(
            TableShape shape, EncryptedColumn column, Row row, @Nullable CiphertextHeader header, String reason) {
        return new FailedValue(
                column.table().name(), column.name(), shape.text(row), header == null ? null : header.keyId(), reason);
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
