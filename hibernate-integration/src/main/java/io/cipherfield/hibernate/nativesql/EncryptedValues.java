package io.cipherfield.hibernate.nativesql;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts the values of one attribute for SQL that the application writes itself, since neither native queries nor
 * stored procedures are seen by the guard:
 *
 * <pre>{@code
 * EncryptedValues ssn = EncryptedValues.of(entityManagerFactory, Patient.class, "ssn");
 * em.createNativeQuery("update patient set ssn = :ssn where id = :id").setParameter("ssn", ssn.parameter("123-45-6789")) …
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class EncryptedValues {

    private final EncryptedAttribute attribute;

    private EncryptedValues(EncryptedAttribute attribute) {
        this.attribute = attribute;
    }

    /**
     * @param attribute the attribute's path in the entity: {@code ssn}, {@code address.street} of an embeddable, {@code tags} of an
     *     element collection
     * @throws IllegalArgumentException if the entity has no such encrypted attribute
     */
    public static EncryptedValues of(EntityManagerFactory factory, Class<?> entity, String attribute) {
        List<EncryptedColumn> columns = EncryptedColumns.of(factory).all();
        for (EncryptedColumn column : columns) {
            if (column.path().equals(attribute) && isOf(column.entityClass(), entity)) {
                return new EncryptedValues(column.attribute());
            }
        }
        throw new IllegalArgumentException(entity.getName() + " has no encrypted attribute " + attribute + ", but "
                + columns.stream()
                        .filter(column -> isOf(column.entityClass(), entity))
                        .map(EncryptedColumn::path)
                        .distinct()
                        .toList()
                + ".");
    }

    private static boolean isOf(@Nullable Class<?> owner, Class<?> entity) {
        return owner != null && (owner.isAssignableFrom(entity) || entity.isAssignableFrom(owner));
    }

    /**
     * What to bind in order to store the value: encrypted under the primary key, a new ciphertext for each call unless the attribute is
     * deterministic; in clear while {@code plaintext=prepare} is on for the attribute.
     *
     * @return a String where the column holds text, {@code byte[]} where it holds bytes; null for null
     * @throws EncryptedAttributeException if the value has another type than the attribute, or is too long for it
     */
    public @Nullable Object parameter(@Nullable Object value) {
        return value == null ? null : attribute.store(value);
    }

    /**
     * What to bind in order to find the value, by {@code where column in (:list)}: each form that a row may hold it in, under each key
     * of the ring, in clear if the attribute says {@code plaintext = ALLOW} or {@code plaintext=prepare} is on for it, and as its deterministic legacy readers know it. A comparison with {@link #parameter} alone misses rows
     * while a key is being rotated.
     *
     * @return never empty; Strings or {@code byte[]} as for {@link #parameter}
     * @throws EncryptedAttributeException if the attribute is randomised, so that no row could be found; or if plaintext is read from its
     *     column by the setting of the factory alone, or values of a randomised legacy format are, so that rows would be missed
     */
    public List<Object> parameters(Object value) {
        if (!attribute.deterministic()) {
            throw new EncryptedAttributeException(attribute
                    + " is randomised: the same value has another ciphertext each time, so no row would be found."
                    + " Select by another column and compare the decrypted values, or make it deterministic.");
        }
        if (!attribute.unsearchableLegacyReaders().isEmpty()) {
            throw new EncryptedAttributeException(
                    attribute
                            + " may hold values of the legacy reader "
                            + attribute.unsearchableLegacyReaders().get(0).name()
                            + ", and rows that do would be missed. Run the re-encryption job and take the reader out of the attribute's legacy.");
        }
        if (attribute.plaintextInherited()) {
            throw new EncryptedAttributeException(attribute
                    + " may hold plaintext by cipherfield.plaintext=allow, and rows that do would be missed. Run the"
                    + " re-encryption job and set it to refuse, or say plaintext = ALLOW on the attribute.");
        }
        return attribute.storedForms(value);
    }

    /**
     * The value of what a query returned from the column.
     *
     * @param stored a String or {@code byte[]}, or null
     * @throws EncryptedAttributeException if it does not decrypt
     */
    public @Nullable Object value(@Nullable Object stored) {
        return stored == null ? null : attribute.decrypt(stored);
    }
}
