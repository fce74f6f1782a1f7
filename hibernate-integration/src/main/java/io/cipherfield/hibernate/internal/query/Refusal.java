package io.cipherfield.hibernate.internal.query;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.legacy.LegacyReader;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.Version;

/** The errors of refused statements. They never hold the statement's text, which may contain values. */
final class Refusal {

    private Refusal() {}

    /** @param where the operator, clause or function, as it is written in a query */
    static EncryptedAttributeException use(EncryptedAttribute attribute, Use use, String where) {
        return new EncryptedAttributeException("The query was refused: " + label(attribute)
                + " is encrypted and cannot be " + use.phrase() + " (" + where + "). " + use.reason() + ". "
                + use.wayOut() + ".");
    }

    static EncryptedAttributeException notEncrypted(EncryptedAttribute target) {
        return new EncryptedAttributeException("The statement was refused: it would store something in "
                + label(target) + " that is not encrypted for it. Only a parameter, a literal, null, or a copy of the"
                + " same encrypted attribute can be assigned to it. Work the value out in Java and pass it as a"
                + " parameter, or load the entities and set the attribute.");
    }

    static EncryptedAttributeException ciphertextElsewhere(EncryptedAttribute source, String column) {
        return new EncryptedAttributeException("The statement was refused: it would copy the ciphertext of "
                + label(source) + " into column " + column + ", which is not encrypted the same way. Load the value and"
                + " pass it as a parameter.");
    }

    static EncryptedAttributeException sharedParameter(EncryptedAttribute attribute) {
        return new EncryptedAttributeException("The statement was refused: one parameter is used for "
                + label(attribute) + ", which is encrypted, and for something else that is not encrypted the same way."
                + " Use two parameters.");
    }

    static EncryptedAttributeException literal(EncryptedAttribute attribute, Class<?> literal) {
        return new EncryptedAttributeException("The query was refused: " + label(attribute)
                + " is encrypted and holds values of " + attribute.javaType().getName()
                + ", and cannot be used together with a literal of "
                + literal.getName()
                + (attribute.deterministic()
                        ? ". Compare it with a parameter or a literal of its own type."
                        : ". Select the attribute by itself and work on the loaded value in Java."));
    }

    static EncryptedAttributeException mergedByH2(EncryptedAttribute attribute) {
        return new EncryptedAttributeException("The statement was refused: H2 would store other bytes in "
                + label(attribute) + " than the encrypted ones, since 'on conflict … do update' becomes a merge of"
                + " values without types. Load the entity and set the attribute, or use storage = TEXT.");
    }

    /** Columns that are compared, or one that is grouped or made distinct, while equal values may be stored in several forms. */
    static EncryptedAttributeException mixedForms(EncryptedAttribute attribute, String where) {
        boolean searchable = attribute.unsearchableLegacyReaders().isEmpty();
        return new EncryptedAttributeException("The query was refused: " + label(attribute)
                + " is encrypted, and its stored values cannot be compared with each other now (" + where + "). "
                + mixedBy(attribute) + (searchable ? ". Comparison with a parameter works." : "."));
    }

    private static String mixedBy(EncryptedAttribute attribute) {
        if (!attribute.legacyReaders().isEmpty()) {
            return "While values of other systems are read from its column, equal values may be stored as theirs in one row and as"
                    + " ciphertext in another, and would be taken for different ones. " + takeReadersOut(attribute);
        }
        return attribute.plaintextAllowed()
                ? "While plaintext is read from its column, equal values may be stored in clear in one row and encrypted"
                        + " in another, and would be taken for different ones. Run the re-encryption job, and set "
                        + Setting.PLAINTEXT.property() + "=refuse, or take plaintext = "
                        + (attribute.plaintextWritten() ? "PREPARE" : "ALLOW") + " from the attribute"
                : severalCiphertexts(attribute) + mixedKeys(attribute);
    }

    private static String takeReadersOut(EncryptedAttribute attribute) {
        return "Run the re-encryption job, and take " + names(attribute.legacyReaders())
                + " out of the attribute's legacy when its census finds none of their values";
    }

    private static String names(List<LegacyReader> readers) {
        return readers.stream().map(LegacyReader::name).collect(Collectors.joining(", "));
    }

    /** A value, looked for while rows may hold it in forms that nobody can work out. */
    static EncryptedAttributeException unsearchableLegacy(EncryptedAttribute attribute, String where) {
        return new EncryptedAttributeException("The query was refused: " + label(attribute)
                + " is encrypted, and while the values of its legacy reader "
                + names(attribute.unsearchableLegacyReaders())
                + " are read, a comparison (" + where + ") would miss the rows that hold them. "
                + takeReadersOut(attribute)
                + ". Until then, select by another attribute and compare the loaded values in"
                + " Java.");
    }

    private static String severalCiphertexts(EncryptedAttribute attribute) {
        return attribute.formerContexts().isEmpty()
                ? "While the ring holds several keys, equal values may be stored under different ones, and would be taken"
                        + " for different values. Finish the rotation and take the old key out of "
                        + Setting.DECRYPT_ONLY_KEYS.property()
                : "While it has formerContexts, equal values may be bound to different ones, and would be taken for different"
                        + " values. Run the job rebind, and take formerContexts from the attribute";
    }

    private static String mixedKeys(EncryptedAttribute attribute) {
        return attribute.auditCopy()
                ? ". In an audit table " + Setting.MIXED_KEYS.property()
                        + "=allow changes nothing, since what was added under one key and removed under another would"
                        + " still be shown"
                : ", or set " + Setting.MIXED_KEYS.property() + "=allow if such rows may be told apart until then";
    }

    static EncryptedAttributeException inheritedPlaintext(EncryptedAttribute attribute, String where) {
        return new EncryptedAttributeException("The query was refused: " + label(attribute)
                + " is encrypted, and while " + Setting.PLAINTEXT.property()
                + "=allow lets plaintext be read, a comparison (" + where
                + ") would miss the rows that are not encrypted"
                + " yet. Run the re-encryption job and set " + Setting.PLAINTEXT.property()
                + "=refuse, or say plaintext = ALLOW on the attribute: then the searched value is compared in clear as"
                + " well, and travels to the database in clear.");
    }

    static EncryptedAttributeException otherEncryption(EncryptedAttribute one, EncryptedAttribute other, String where) {
        return new EncryptedAttributeException("The query was refused: " + label(one) + " and " + label(other)
                + " are encrypted differently and could never match (" + where
                + "). Give both the same context, storage"
                + " and Java type and make both deterministic, which needs the re-encryption of existing values; or load"
                + " the values and compare them in Java.");
    }

    static EncryptedAttributeException notEncryptedAlike(EncryptedAttribute attribute, String where) {
        return new EncryptedAttributeException("The query was refused: " + label(attribute)
                + " is encrypted and is compared with something that is not encrypted for it (" + where
                + "), which could never match. Compare it with a parameter, a literal, or an attribute of the same"
                + " context; or load the values and compare them in Java.");
    }

    static EncryptedAttributeException oneFormOnly(EncryptedAttribute attribute, String where) {
        return new EncryptedAttributeException("The statement was refused: " + label(attribute)
                + " is encrypted, rows may hold its values under several keys, in former contexts, in clear or as another system's, and Hibernate would look for"
                + " one of these forms only (" + where
                + "). Select the identifiers by a query of its own and use those;"
                + " or finish the rotation and take the old key out of " + Setting.DECRYPT_ONLY_KEYS.property() + ".");
    }

    /** An array is one parameter: its elements would be bound neither encrypted for the column nor in each form. */
    static EncryptedAttributeException array(EncryptedAttribute attribute) {
        return new EncryptedAttributeException("The load was refused: " + label(attribute)
                + " is encrypted, and on this database Hibernate loads by several of its values with one array parameter,"
                + " whose elements would not be found. Load one by one, or by a query with in (:list).");
    }

    static EncryptedAttributeException conflictByOneForm(EncryptedAttribute attribute) {
        return new EncryptedAttributeException("The statement was refused: " + label(attribute)
                + " is encrypted, and while the ring holds several keys, or former contexts, plaintext or another system's values are read, 'on conflict' would miss"
                + " a row that holds the same value in another form, and insert a duplicate. Name the columns of another"
                + " constraint, query for the row and update it, or finish the rotation and take the old key out of "
                + Setting.DECRYPT_ONLY_KEYS.property() + ".");
    }

    /** @param what the method or result that is not as in any known version */
    static EncryptedAttributeException unknownCall(String what) {
        return new EncryptedAttributeException("The statement was refused and not executed: Hibernate "
                + Version.getVersionString() + " uses its strategy for statements over several tables in a way that"
                + " Cipherfield does not know (" + what
                + "), so nothing would keep the statement from storing plaintext."
                + " Use a Hibernate version that Cipherfield supports, or load the entities and change them in place of"
                + " the statement.");
    }

    static String label(EncryptedAttribute attribute) {
        return attribute.entity() + "." + attribute.name();
    }
}
