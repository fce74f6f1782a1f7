package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * What a copy was asked for.
 *
 * @param target one column, or one in each table of a table per class
 * @param overwrite whether the source wins where both hold a value
 */
record Copy(CopySource source, String targetName, List<EncryptedColumn> target, boolean overwrite) {

    /** @throws ReencryptionException with what speaks against it */
    static Copy of(
            SessionFactoryImplementor factory,
            EncryptedColumns columns,
            Class<?> entity,
            String from,
            String to,
            boolean overwrite) {
        CopySource source = CopySource.of(factory, entity, from);
        String targetName = entity.getName() + "." + to;
        Selection selection = new Selection(entity, to);
        List<EncryptedColumn> target = columns.all().stream()
                .filter(column -> selection.includes(column) && column.path().equals(to))
                .toList();
        if (target.isEmpty()) {
            throw CopySource.refused(
                    source.name(),
                    targetName + " is no encrypted attribute. There are: "
                            + String.join(
                                    ", ",
                                    columns.all().stream()
                                            .map(column -> column.entity() + "." + column.path())
                                            .toList())
                            + ".");
        }
        target.forEach(column -> check(source, targetName, column));
        return new Copy(source, targetName, target, overwrite);
    }

    private static void check(CopySource source, String targetName, EncryptedColumn column) {
        EncryptedAttribute attribute = column.attribute();
        if (column.table().entities().isEmpty()) {
            throw CopySource.refused(
                    source.name(),
                    targetName + " is in the table of a collection. Copy is for attributes in an entity's own tables.");
        }
        if (!source.isIn(column.table().name())) {
            throw CopySource.refused(
                    source.name(),
                    "its column is in table " + source.table() + ", and that of " + targetName + " in " + column.table()
                            + ". Copy works within a row.");
        }
        if (attribute.legacyReaders().isEmpty() && !attribute.javaType().isAssignableFrom(source.javaType())) {
            throw CopySource.refused(
                    source.name(),
                    "its values are " + source.javaType().getName() + ", and those of " + targetName + " are "
                            + attribute.javaType().getName() + ". Give both the same Java type.");
        }
        if (!attribute.legacyReaders().isEmpty() && !CopiedValues.canHoldLegacy(source.javaType())) {
            throw CopySource.refused(
                    source.name(),
                    "its values are " + source.javaType().getName()
                            + ", and what another system encrypted is a String, byte[], BigDecimal"
                            + " or BigInteger. Map the column as what it holds.");
        }
    }

    EncryptedColumns columns(EncryptedColumns all) {
        return all.only(target::contains);
    }

    /** As far as it makes two copies different ones. */
    @Override
    public String toString() {
        return source.name() + " > " + targetName + (overwrite ? " overwriting" : "");
    }
}
