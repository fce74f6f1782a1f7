package io.cipherfield.hibernate;

import jakarta.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;

/**
 * A value of an encrypted attribute could not be written or read. The message names entity, attribute and, where known, the
 * key's id and the row; never the value. It extends {@link PersistenceException} since Hibernate wraps any other exception of a converter,
 * and may put its message beside the value.
 *
 * <p>What a failed read had half loaded is no longer part of its session, so that nothing is written over it.
 */
public class EncryptedAttributeException extends PersistenceException {

    private static final long serialVersionUID = 1L;

    private @Nullable String row;

    public EncryptedAttributeException(String message) {
        super(message);
    }

    public EncryptedAttributeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The row that was read, for example {@code [com.acme.Patient#7]}, or null where a statement does not tell. */
    public @Nullable String row() {
        return row;
    }

    /** The first that knows it is the nearest to it. */
    void at(@Nullable String knownRow) {
        if (row == null) {
            row = knownRow;
        }
    }

    @Override
    public @Nullable String getMessage() {
        return row == null ? super.getMessage() : super.getMessage() + " The row is " + row + ".";
    }
}
