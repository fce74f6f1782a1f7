package io.cipherfield.hibernate;

import io.cipherfield.value.ValueCodec.LengthUnit;
import java.util.regex.Pattern;
import org.hibernate.Length;
import org.hibernate.binder.AttributeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.CheckConstraint;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Value;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/** Makes an encrypted attribute's column as long as its ciphertext needs; for Hibernate, which finds it by {@link Encrypted}. */
public final class EncryptedColumnBinder implements AttributeBinder<Encrypted> {

    /** Binary, so that two ciphertexts that differ in case are two, and one byte a character, so that many fit in a row. */
    private static final String COLLATION_OF_MYSQL = "ascii_bin";

    /** The same for a column that values are written to in clear, in any characters. */
    private static final String COLLATION_OF_MYSQL_IN_CLEAR = "utf8mb4_bin";

    /** Stands where a check cannot be taken out. */
    static final String NO_CHECK = "1 = 1";

    private static final Pattern CHECK_OF_VALIDATION = Pattern.compile("\\S+[<>]=-?\\d+");

    /** For Hibernate. */
    public EncryptedColumnBinder() {}

    @Override
    public void bind(
            Encrypted annotation,
            MetadataBuildingContext context,
            @Nullable PersistentClass entity,
            Property property) {
        Value value = property.getValue();
        Value element = value instanceof Collection collection ? collection.getElement() : value;
        if (element instanceof BasicValue basic) {
            bind(basic, context.getMetadataCollector().getDatabase().getDialect());
        }
    }

    static void bind(BasicValue value, Dialect dialect) {
        if (value.hasFormula()
                || value.getResolution() == null
                || !(value.getResolution().getLegacyResolvedBasicType() instanceof CustomType<?> type)
                || !(type.getUserType() instanceof EncryptedUserType encrypted)) {
            return;
        }
        EncryptedAttribute attribute = encrypted.attribute();
        for (Column column : value.getColumns()) {
            if (column.getSqlType() == null) {
                declare(attribute, value, column);
            }
        }
        collate(attribute, value, dialect);
    }

    /**
     * Undoes what Bean Validation made of {@code @Size}, {@code @Min} and {@code @Max}, whose integrator runs after the binders: it
     * declares the plaintext's length as the column's, and a check that the database would ask of the ciphertext.
     */
    static void redeclare(EncryptedAttribute attribute, BasicValue value) {
        long bound = attribute.limit().columnLength();
        for (Column column : value.getColumns()) {
            Long length = column.getLength();
            if (bound != 0 && column.getSqlType() == null && length != null && length != bound) {
                declare(attribute, value, column);
            }
            for (CheckConstraint check : column.getCheckConstraints()) {
                if (CHECK_OF_VALIDATION.matcher(check.getConstraint()).matches()) {
                    check.setConstraint(NO_CHECK);
                }
            }
        }
    }

    private static void declare(EncryptedAttribute attribute, BasicValue value, Column column) {
        Long length = length(attribute, value, column);
        column.setLength(length);
        attribute.limit().columnIs(length);
    }

    static void collate(EncryptedAttribute attribute, BasicValue value, Dialect dialect) {
        if (attribute.storage() == Storage.TEXT && dialect instanceof MySQLDialect) {
            for (Column column : value.getColumns()) {
                if (column.getSqlType() == null && column.getCollation() == null) {
                    column.setCollation(
                            attribute.plaintextWritten() ? COLLATION_OF_MYSQL_IN_CLEAR : COLLATION_OF_MYSQL);
                }
            }
        }
    }

    private static Long length(EncryptedAttribute attribute, BasicValue value, Column column) {
        PlaintextLimit limit = attribute.limit();
        Long declared = column.getLength();
        boolean isDeclared = declared != null && declared != Length.DEFAULT;
        if (limit.unit() != LengthUnit.NONE && (value.isLob() || (attribute.json() != null && !isDeclared))) {
            return (long) Length.LONG32;
        }
        Integer precision = column.getPrecision();
        if (limit.unit() == LengthUnit.DECIMAL_DIGITS && precision != null && precision > 0) {
            return limit.declare(precision, attribute.storage());
        }
        return limit.declare(declared == null ? Length.DEFAULT : declared, attribute.storage());
    }
}
