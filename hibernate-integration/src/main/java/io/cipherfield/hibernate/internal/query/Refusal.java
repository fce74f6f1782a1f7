package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
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
                + ". Select the attribute by itself and work on the loaded value in Java.");
    }

    static EncryptedAttributeException mergedByH2(EncryptedAttribute attribute) {
        return new EncryptedAttributeException("The statement was refused: H2 would store other bytes in "
                + label(attribute) + " than the encrypted ones, since 'on conflict … do update' becomes a merge of"
                + " values without types. Load the entity and set the attribute, or use storage = TEXT.");
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
