package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldException;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.DecryptionException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyValueException;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mapped encrypted attribute: what it is called, how its values are encoded, encrypted and stored. Immutable once the
 * mapping is built, and safe for use by many threads.
 */
public final class EncryptedAttribute {

    private final AttributeOptions options;
    private final ValueCodec<Object> codec;
    private final @Nullable JsonFormat json;
    private final Storage storage;
    private final PlaintextMode plaintext;
    private final LegacyValues legacy;
    private final CipherfieldService service;
    private final boolean auditCopy;
    private final PlaintextLimit limit;
    private final AttributeContexts contexts;
    private final ValueForms forms;

    /** @param plaintext what holds of it, when the factory's setting is taken into account; never {@link PlaintextMode#INHERIT} */
    EncryptedAttribute(
            AttributeOptions options,
            ValueCodec<Object> codec,
            @Nullable JsonFormat json,
            Storage storage,
            PlaintextMode plaintext,
            LegacyValues legacy,
            CipherfieldService service,
            boolean auditCopy) {
        this.options = options;
        this.codec = codec;
        this.json = json;
        this.storage = storage;
        this.plaintext = plaintext;
        this.legacy = legacy;
        this.service = service;
        this.auditCopy = auditCopy;
        this.limit = new PlaintextLimit(codec, options.padTo());
        this.contexts = new AttributeContexts(options, service);
        this.forms = new ValueForms(this, contexts, legacy);
    }

    /** The name of the entity, or of the embeddable class that the attribute is part of. */
    public String entity() {
        return options.entity();
    }

    /** The attribute's name in {@link #entity()}. */
    public String name() {
        return options.name();
    }

    /** What is bound to each ciphertext. */
    public String context() {
        return options.context();
    }

    /** The Java type of the values, boxed. */
    public Class<?> javaType() {
        return codec.javaType();
    }

    /** How values become typed plaintexts. */
    public ValueCodec<Object> codec() {
        return codec;
    }

    /** TEXT or BINARY. */
    public Storage storage() {
        return storage;
    }

    /** Whether a stored value that is not ciphertext is read as it is. */
    public boolean plaintextAllowed() {
        return plaintext != PlaintextMode.REFUSE;
    }

    /** Whether new values are stored in clear. */
    public boolean plaintextWritten() {
        return plaintext == PlaintextMode.PREPARE;
    }

    /** Whether a plain column of the attribute's type has the kind of its encrypted one, so that the value may stand there in clear. */
    public boolean plaintextPossible() {
        return OldPlaintext.readable(codec, storage);
    }

    /** The readers for values that another system encrypted; empty for most attributes. */
    public List<LegacyReader> legacyReaders() {
        return legacy.readers();
    }

    /** The one of them that owns what bears no mark, if there is one. */
    public @Nullable LegacyReader legacyOwner() {
        return legacy.owner();
    }

    /** Those of them that give a value another stored form each time, or in forms that nobody knows: rows with such values are found by no comparison. */
    public List<LegacyReader> unsearchableLegacyReaders() {
        return legacyReaders().stream()
                .filter(reader -> !legacy.searchable().contains(reader))
                .toList();
    }

    /**
     * Who reads a stored value that another system encrypted: by its mark, or since a reader owns all values without one.
     *
     * @param stored as {@link #decrypt} takes it
     * @return null if it is ciphertext of format 1, or nobody claims it: then it is plaintext
     */
    public @Nullable LegacyReader legacyReader(Object stored) {
        return legacy.readers().isEmpty() || header(stored) != null ? null : legacy.reader(stored);
    }

    /**
     * The same where the header is known already, since telling it may cost the owner a derivation of a key.
     *
     * @param header of the value, as {@link #header} tells it
     */
    public @Nullable LegacyReader legacyReader(Object stored, @Nullable CiphertextHeader header) {
        return legacy.readers().isEmpty() || header != null ? null : legacy.reader(stored);
    }

    /** Whether the {@linkplain #legacyOwner owner} tells those of its values that start like a ciphertext from ciphertexts of a lost key. */
    public boolean tellsLookalikes() {
        return legacy.tellsLookalikes();
    }

    /**
     * The header of a ciphertext. A value of the {@linkplain #legacyOwner owner}'s may start like one under a key that is not in the ring, and has none.
     *
     * @param stored as {@link #decrypt} takes it
     * @return null if it is no ciphertext of format 1
     */
    public @Nullable CiphertextHeader header(Object stored) {
        CiphertextHeader header = StoredForm.header(stored);
        return header == null || legacy.owner() == null || encryptor().canRead(header) || !legacy.isLookalike(stored)
                ? header
                : null;
    }

    /** Whether equal values give equal ciphertexts. */
    public boolean deterministic() {
        return options.deterministic();
    }

    /** What new values are written with. */
    public Suite suite() {
        return deterministic()
                ? Suite.AES_SIV_DETERMINISTIC
                : service.configuration().suite();
    }

    /** The cipher under the factory's keys, of the present context. */
    public FieldEncryptor encryptor() {
        return contexts.encryptor();
    }

    /** What its values from before a rename are bound to, which are read too; empty for most attributes. */
    public List<String> formerContexts() {
        return contexts.former();
    }

    /**
     * The typed plaintext of a ciphertext that is bound to the attribute's context or to a former one.
     *
     * @throws DecryptionException as {@link FieldEncryptor#decrypt}
     */
    public byte[] plaintextOf(byte[] ciphertext) {
        return contexts.plaintext(ciphertext);
    }

    /**
     * The same of one that does not decrypt in the present context.
     *
     * @throws DecryptionException as {@link FieldEncryptor#decrypt}, if it does in none of the former ones
     */
    public byte[] formerPlaintextOf(byte[] ciphertext) {
        return contexts.formerPlaintext(ciphertext);
    }

    /**
     * What the database gets for a value: ciphertext, or the value in clear while {@link #plaintextWritten()}.
     *
     * @return {@code byte[]} for BINARY, String for TEXT
     * @throws EncryptedAttributeException as {@link #encrypt}, or if the value could not be read again from where it stands in clear
     */
    public Object store(Object value) {
        if (!plaintextWritten()) {
            return encrypt(value);
        }
        try {
            return inClearOf(encode(value));
        } catch (CipherfieldException e) {
            throw error("is written in clear now (plaintext=prepare), and cannot take this value: " + e.getMessage()
                    + " Nothing was written.");
        }
    }

    /** As it goes to JDBC and comes from there. */
    Sealed seal(Object value) {
        return sealed(store(value));
    }

    Sealed sealed(Object stored) {
        return StoredForm.header(stored) == null ? Sealed.inClear(stored, service) : new Sealed(stored);
    }

    Object open(Sealed sealed) {
        return decrypt(sealed.isFromCache() ? service.openFromCache(sealed.stored()) : sealed.stored());
    }

    /**
     * The ciphertext of a value, under the primary key.
     *
     * @return {@code byte[]} for BINARY, String for TEXT
     * @throws EncryptedAttributeException if the value is longer than the mapping allows, or has no encoding
     */
    public Object encrypt(Object value) {
        byte[] plaintext = encode(value);
        try {
            return stored(encryptor().encrypt(plaintext));
        } catch (CipherfieldException e) {
            throw error("cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /**
     * What a value of this deterministic attribute may be stored as, in the order of {@link #form}. Rows that hold the value hold one of
     * these; one may stand there twice.
     *
     * @return {@code byte[]} for BINARY, String for TEXT, each
     * @throws EncryptedAttributeException as {@link #encrypt}
     */
    public List<Object> storedForms(Object value) {
        return forms.all(value);
    }

    /**
     * In how many forms a value of this deterministic attribute is looked for: under each key of the ring, in each context, in clear where that is read,
     * and as other systems stored it where that can be worked out.
     */
    public int forms() {
        return forms.count();
    }

    /** Whether rows may hold equal values in more than one form, also in some that cannot be looked for. */
    public boolean hasSeveralForms() {
        return forms() > 1 || !legacyReaders().isEmpty();
    }

    /**
     * One of the {@link #forms()} of a value, as it is bound to JDBC. The first is that of new values: the primary key's, or the value in clear
     * while {@link #plaintextWritten()}.
     *
     * @param bound the value, or any form of it as it is bound to JDBC
     */
    public Object form(Object bound, int form) {
        if (!deterministic()) {
            throw new IllegalStateException(
                    this + " is randomised: no row could be found by a ciphertext of its value.");
        }
        return forms.form(bound instanceof Sealed sealed ? open(sealed) : bound, form);
    }

    /** Null if no row can hold the value in clear. */
    @Nullable
    Object searchedInClear(byte[] encoded) {
        try {
            return inClearOf(encoded);
        } catch (CipherfieldException e) {
            return null;
        }
    }

    /**
     * Whether plaintext is read by the factory's setting alone, without a word at the attribute itself that a searched value may travel in clear. Where
     * all values are written in clear, such a word is not needed.
     */
    public boolean plaintextInherited() {
        return plaintext == PlaintextMode.ALLOW && options.plaintext() == PlaintextMode.INHERIT;
    }

    /**
     * Whether equal values in two rows may differ in their stored forms, and nobody has allowed to overlook that. Of an audit table
     * nobody can: what was added under one key and removed under another would still be shown.
     */
    public boolean mixed() {
        return plaintextAllowed()
                || !legacyReaders().isEmpty()
                || (contexts.ciphertexts(keyring()) > 1 && (auditCopy || !service.mixedKeysAllowed()));
    }

    /** Whether this is the attribute's copy in an audit table of Envers. */
    public boolean auditCopy() {
        return auditCopy;
    }

    /**
     * The typed plaintext of a value, as it is encrypted.
     *
     * @throws EncryptedAttributeException if the value is longer than the mapping allows, or has no encoding
     */
    public byte[] encode(Object value) {
        if (!codec.javaType().isInstance(value)) {
            throw wrongType(value);
        }
        String tooLong = limit.violation(value);
        if (tooLong != null) {
            throw error(tooLong);
        }
        try {
            return codec.encode(value, options.padTo());
        } catch (ValueException e) {
            throw error("cannot hold this value: " + e.getMessage(), e);
        }
    }

    Object stored(byte[] ciphertext) {
        return storage == Storage.TEXT ? CiphertextText.encode(ciphertext) : ciphertext;
    }

    /** The factory's keys. */
    public Keyring keyring() {
        return service.configuration().keyring();
    }

    /**
     * What stands in the column when the value of a ciphertext is stored there in clear: a text or bytes that are part of the typed plaintext, JSON
     * as it was written.
     *
     * @param encoded the typed plaintext
     * @return {@code byte[]} for BINARY, String for TEXT
     * @throws DecryptionException with reason WRONG_TYPE, if the value is one of another type
     * @throws io.cipherfield.value.ValueException if it could not be read again
     */
    public Object inClearOf(byte[] encoded) {
        Object stored = OldPlaintext.stored(codec, encoded);
        LegacyReader reader = legacyReader(stored);
        if (reader != null) {
            throw new ValueException("It bears the mark of the legacy reader " + reader.name()
                    + ", and would be taken for one of its values when it is read.");
        }
        return stored;
    }

    /**
     * The value of a stored form. A value with a ciphertext's header is never taken for plaintext.
     *
     * @param stored {@code byte[]} for BINARY, which may hold the text form from before the storage was changed; String for TEXT
     * @throws EncryptedAttributeException if it does not decrypt; the cause is a {@link DecryptionException} with reason and key id
     */
    public Object decrypt(Object stored) {
        boolean alwaysCiphertext = legacy.readers().isEmpty() && !plaintextAllowed();
        return decrypt(stored, !alwaysCiphertext && header(stored) == null);
    }

    /**
     * The same where the header is known already, since telling it may cost the owner a derivation of a key.
     *
     * @param header of the value, as {@link #header} tells it
     */
    public Object decrypt(Object stored, @Nullable CiphertextHeader header) {
        return decrypt(stored, header == null);
    }

    private Object decrypt(Object stored, boolean withoutHeader) {
        try {
            LegacyReader reader = withoutHeader ? legacyReader(stored, null) : null;
            if (reader != null) {
                return legacy.read(reader, stored);
            }
            if (plaintextAllowed() && withoutHeader) {
                return plaintext(stored);
            }
            return codec.decode(plaintextOf(StoredForm.ciphertext(stored)));
        } catch (DecryptionException e) {
            throw error("cannot be read: " + e.getMessage() + hint(e), e);
        } catch (LegacyValueException e) {
            throw error("cannot be read: " + e.getMessage() + lookalike("a value of that reader"), e);
        } catch (CipherfieldException e) {
            throw error("cannot be decrypted: " + e.getMessage(), e);
        }
    }

    /**
     * The value of a stored form that is plaintext, whatever it starts like: nobody looks for a header or a mark.
     *
     * @param stored as {@link #decrypt} takes it
     */
    public Object plaintext(Object stored) {
        return json == null ? OldPlaintext.read(stored, codec.javaType()) : json.read((String) stored);
    }

    private String hint(DecryptionException e) {
        return switch (e.reason()) {
            case NOT_CIPHERTEXT -> {
                String unclaimed = legacyReaders().isEmpty() ? "" : " None of its legacy readers claims it.";
                yield plaintextPossible() && legacy.owner() == null
                        ? unclaimed
                                + " If it is plaintext from before, let it be read with plaintext = ALLOW and encrypt it with the"
                                + " re-encryption job."
                        : unclaimed;
            }
            case MALFORMED_TEXT, UNKNOWN_KEY -> lookalike("a ciphertext") + startsLikeCiphertext();
            case NOT_AUTHENTIC -> lookalike("a ciphertext");
            case WRONG_TYPE, MALFORMED_VALUE -> "";
        };
    }

    private String startsLikeCiphertext() {
        LegacyReader owner = legacyOwner();
        return owner == null
                ? ""
                : " If it is a value of its legacy reader " + owner.name()
                        + ", which does not read it either, it starts like a ciphertext by chance: see docs/legacy.md.";
    }

    /** Never taken for plaintext, since whoever can write to the database could then have any value read. */
    private String lookalike(String what) {
        return plaintextAllowed()
                ? " If it is plaintext from before that only looks like " + what
                        + ", a person has to say so: see docs/plaintext.md."
                : "";
    }

    /**
     * The length of column, in bytes for BINARY and in characters for TEXT, below which no value fits under every suite: all
     * values of a type with a fixed width, and one of a single character or byte otherwise.
     */
    public long leastColumnLength() {
        return limit.columnLength(1, storage);
    }

    /** Whether two values would be stored as the same plaintext. */
    public boolean equal(Object one, Object other) {
        return new AttributeValues(this).equal(one, other);
    }

    /** Null for values that are not stored as JSON. */
    @Nullable
    JsonFormat json() {
        return json;
    }

    PlaintextLimit limit() {
        return limit;
    }

    AttributeOptions options() {
        return options;
    }

    EncryptedAttributeException wrongType(Object value) {
        return error("holds " + codec.javaType().getName() + ", and was given "
                + value.getClass().getName());
    }

    EncryptedAttributeException error(String what) {
        return new EncryptedAttributeException(this + " " + what + ".");
    }

    EncryptedAttributeException error(String what, CipherfieldException cause) {
        return new EncryptedAttributeException(this + " " + what, cause);
    }

    /** For example {@code The encrypted attribute com.acme.Patient.ssn}. */
    @Override
    public String toString() {
        return "The encrypted attribute " + options.attribute();
    }
}
