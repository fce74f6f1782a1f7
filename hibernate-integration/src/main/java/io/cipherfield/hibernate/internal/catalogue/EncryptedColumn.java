package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.Storage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One physical column that holds encrypted values.
 *
 * @param table where it is
 * @param name the column's name, as SQL needs it
 * @param entity the class or the entity name that maps it; of an inherited attribute the first one found
 * @param entityClass the entity's class, or null of one without, such as an audit table's
 * @param path the attribute's path in that entity, for example {@code address.street}
 * @param attribute encrypts and decrypts its values
 * @param declared what the mapping says of the column
 * @param rivals further attributes that share the column under another context, as siblings of a single-table hierarchy may
 */
public record EncryptedColumn(
        EncryptedTable table,
        String name,
        String entity,
        @Nullable Class<?> entityClass,
        String path,
        EncryptedAttribute attribute,
        ColumnDeclaration declared,
        List<EncryptedAttribute> rivals) {

    /** A value as JDBC gives it: a String where the storage is TEXT, bytes where it is BINARY. */
    public @Nullable Object read(ResultSet rows, int index) throws SQLException {
        return attribute.storage() == Storage.TEXT ? rows.getString(index) : rows.getBytes(index);
    }

    /** As in messages and reports: {@code patient.ssn}. */
    public String qualifiedName() {
        return table.name() + "." + name;
    }

    @Override
    public String toString() {
        return qualifiedName() + " (" + entity + "." + path + ")";
    }
}
