package io.cipherfield.hibernate;

import jakarta.persistence.PersistenceException;

/**
 * A value of an encrypted attribute could not be written or read. The message names entity, attribute and, where known, the
 * key's id; never the value. It extends {@link PersistenceException} since Hibernate wraps any other exception of a converter,
 * and may put its message beside the value.
 *
 * <p>As after any exception that Hibernate throws, the session that threw it must not be used further.
 */
public class EncryptedAttributeException extends PersistenceException {

    private static final long serialVersionUID = 1L;

    public EncryptedAttributeException(String message) {
        super(message);
    }

    public EncryptedAttributeException(String message, Throwable cause) {
        super(message, cause);
    }
}
