package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.KeyId;
import io.cipherfield.Suite;
import org.jspecify.annotations.Nullable;

/**
 * How many values of one column have one form.
 *
 * @param table as SQL names it
 * @param column as SQL names it
 * @param entity that maps it
 * @param attribute the path of the attribute in the entity
 * @param keyId the key of ciphertext, or null
 * @param suite the suite of ciphertext, or null
 * @param reader the name of the legacy reader whose value it is, or null
 * @param current whether new values have this form too: a run leaves these as they are, null among them
 * @param count values
 */
public record CensusEntry(
        String table,
        String column,
        String entity,
        String attribute,
        Kind kind,
        @Nullable KeyId keyId,
        @Nullable Suite suite,
        @Nullable String reader,
        boolean current,
        long count) {

    /** The form of a stored value. */
    public enum Kind {
        /** Has a header of format 1. */
        CIPHERTEXT,
        /** Has none, and is a value of a legacy reader, by its mark or since the reader owns all without one. */
        LEGACY,
        /** Is something else. */
        PLAINTEXT,
        /** Is null. */
        NULL
    }

    CensusEntry of(Object tenant) {
        return new CensusEntry(
                Tenants.name(tenant, table), column, entity, attribute, kind, keyId, suite, reader, current, count);
    }
}
