package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.hibernate.EncryptedAttribute;
import org.hibernate.Length;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Column;
import org.jspecify.annotations.Nullable;

/**
 * What the mapping says of a column of ciphertext.
 *
 * @param sqlType as Hibernate would create it, for example {@code varchar(1083)}; or what {@code columnDefinition} says
 * @param written whether {@code columnDefinition} says it
 * @param collation null for the database's own
 * @param length what the column must take at least, in bytes or ASCII characters: the longest ciphertext where the attribute
 *     has a declared length, otherwise the shortest
 * @param bounded whether {@code length} is the longest
 */
public record ColumnDeclaration(
        String sqlType, boolean written, @Nullable String collation, long length, boolean bounded) {

    static ColumnDeclaration of(EncryptedAttribute attribute, BasicValue value, Column column, Metadata metadata) {
        boolean written = column.getSqlType() != null;
        Long length = column.getLength();
        // An audit table's copy of a large object is none by its annotations, and has its length alone.
        boolean unlimited = written || value.isLob() || length == null || length >= Length.LONG32;
        long least = attribute.leastColumnLength();
        return new ColumnDeclaration(
                column.getSqlType(metadata),
                written,
                column.getCollation(),
                unlimited ? least : Math.max(least, length),
                !unlimited);
    }

    ColumnDeclaration longer(ColumnDeclaration other) {
        return other.length > length ? other : this;
    }
}
