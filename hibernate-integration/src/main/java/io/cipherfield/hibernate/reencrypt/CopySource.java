package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.EncryptedUserType;
import java.lang.invoke.MethodType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.hibernate.MappingException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.ModelPartContainer;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;
import org.hibernate.type.CustomType;
import org.hibernate.type.descriptor.WrapperOptions;
import org.jspecify.annotations.Nullable;

/**
 * The plain attribute that a copy reads, by its own mapping and yet below the ORM: Hibernate's JDBC type and converter make the value of a result
 * set's column, with no session.
 */
final class CopySource {

    private static final Pattern ALIAS = Pattern.compile("[{}@$A-Za-z]+");

    private final String name;
    private final BasicValuedModelPart part;
    private final @Nullable String table;
    private final WrapperOptions options;

    private CopySource(String name, BasicValuedModelPart part, @Nullable String table, WrapperOptions options) {
        this.name = name;
        this.part = part;
        this.table = table;
        this.options = options;
    }

    /** @throws ReencryptionException if the attribute is none whose column alone tells its value */
    static CopySource of(SessionFactoryImplementor factory, Class<?> entity, String path) {
        String name = entity.getName() + "." + path;
        EntityMappingType mapping = mapping(factory, entity);
        ModelPart part = mapping;
        for (String step : path.split("\\.", -1)) {
            part = part instanceof ModelPartContainer container ? container.findSubPart(step, null) : null;
            if (part instanceof PluralAttributeMapping) {
                throw refused(name, "it is a collection, or in one. Copy is for attributes in an entity's own tables.");
            }
        }
        if (part == null) {
            throw refused(name, "there is no such attribute. Name a path, as in born or address.born.");
        }
        BasicValuedModelPart basic = part.asBasicValuedModelPart();
        if (basic == null) {
            throw refused(name, "it has not one column of a basic type.");
        }
        if (EncryptedUserType.attributeOf(basic.getJdbcMapping()) != null) {
            throw refused(
                    name,
                    "it is encrypted itself. Copy goes from a plain attribute to an encrypted one; an encrypted attribute that was renamed"
                            + " names its formerContexts.");
        }
        if (basic.isFormula() || isComputed(basic)) {
            throw refused(name, "the database computes it (@Formula, @ColumnTransformer). Map the column as it is.");
        }
        if (basic.getJdbcMapping() instanceof CustomType) {
            throw refused(
                    name,
                    "its type is a UserType of the application, which may need a session. Map the column as what it holds, by a basic type or"
                            + " an AttributeConverter.");
        }
        return new CopySource(
                name,
                basic,
                mapping instanceof UnionSubclassEntityPersister ? null : basic.getContainingTableExpression(),
                factory.getWrapperOptions());
    }

    /** An ordinary column reads as itself, behind a place for the table's alias. */
    private static boolean isComputed(BasicValuedModelPart part) {
        String read = part.getCustomReadExpression();
        String column = part.getSelectionExpression();
        if (read == null || read.isEmpty() || read.equals(column)) {
            return false;
        }
        return !read.endsWith("." + column)
                || !ALIAS.matcher(read.substring(0, read.length() - column.length() - 1))
                        .matches();
    }

    private static EntityMappingType mapping(SessionFactoryImplementor factory, Class<?> entity) {
        try {
            return factory.getMappingMetamodel().getEntityDescriptor(entity);
        } catch (IllegalArgumentException | MappingException e) {
            throw refused(entity.getName(), "it is no entity.");
        }
    }

    static ReencryptionException refused(String name, String reason) {
        return new ReencryptionException("Nothing was written. " + name + " cannot be copied: " + reason);
    }

    /** As an error names it. */
    String name() {
        return name;
    }

    /** As SQL needs it. */
    String column() {
        return part.getSelectionExpression();
    }

    /** Where each class has a table of its own, the column is in each of them. */
    boolean isIn(String targetTable) {
        return table == null || table.equals(targetTable);
    }

    String table() {
        return String.valueOf(table);
    }

    /** Of the values; a primitive's wrapper. */
    Class<?> javaType() {
        Class<?> type = part.getJavaType().getJavaTypeClass();
        return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
    }

    /** How many decimal digits of a second the column keeps. */
    int fractionalDigits() {
        Integer precision = part.getTemporalPrecision();
        return precision == null ? 6 : precision;
    }

    /** @return null for SQL's null, or an {@link Unreadable} */
    @SuppressWarnings("IllegalCatch") // of a converter, an enum or the JSON mapper, whose message may hold the value
    @Nullable
    Object read(ResultSet rows, int index) throws SQLException {
        try {
            Object stored = part.getJdbcMapping().getJdbcValueExtractor().extract(rows, index, options);
            return stored == null ? null : part.getJdbcMapping().convertToDomainValue(stored);
        } catch (RuntimeException e) {
            return new Unreadable(e.getClass().getSimpleName());
        }
    }

    /**
     * A value that the mapping does not read.
     *
     * @param exception its class; its message may hold the value
     */
    record Unreadable(String exception) {}

    @Override
    public String toString() {
        return name;
    }
}
