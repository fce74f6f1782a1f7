package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;

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

    static String label(EncryptedAttribute attribute) {
        return attribute.entity() + "." + attribute.name();
    }
}
