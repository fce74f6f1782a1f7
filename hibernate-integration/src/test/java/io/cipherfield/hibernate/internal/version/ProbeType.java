package io.cipherfield.hibernate.internal.version;

import jakarta.persistence.AttributeConverter;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.java.StringJavaType;
import org.hibernate.type.spi.TypeConfiguration;
import org.hibernate.type.spi.TypeConfigurationAware;
import org.hibernate.usertype.DynamicParameterizedType;
import org.hibernate.usertype.LoggableUserType;
import org.hibernate.usertype.UserType;

/**
 * A user type of the same shape as the product's that encrypts nothing and notes what Hibernate calls. A stored value is the
 * domain's one, {@link #CONVERTED}.
 */
final class ProbeType
        implements UserType<Object>, DynamicParameterizedType, TypeConfigurationAware, LoggableUserType, UserTypeOf7 {

    static final String CONVERTED = "converted ";
    static final String LOGGABLE = "loggable";
    static final String NOTE = "io.cipherfield.probe";

    /** One line for each attribute: what was set first, its entity, its name, its note. */
    static final List<Configured> CONFIGURED = new CopyOnWriteArrayList<>();

    record Configured(boolean hadTypeConfiguration, String entity, String property, ParameterType type, String note) {}

    private TypeConfiguration typeConfiguration;

    private static final class Converter
            implements AttributeConverter<Object, String>, BasicValueConverter<Object, Object> {

        @Override
        public String convertToDatabaseColumn(Object value) {
            return value == null ? null : CONVERTED + value;
        }

        @Override
        public Object convertToEntityAttribute(String stored) {
            return stored == null ? null : stored.replaceFirst("^" + CONVERTED, "");
        }

        @Override
        public Object toDomainValue(Object stored) {
            return convertToEntityAttribute((String) stored);
        }

        @Override
        public Object toRelationalValue(Object value) {
            return convertToDatabaseColumn(value);
        }

        @Override
        @SuppressWarnings("unchecked")
        public JavaType<Object> getDomainJavaType() {
            return (JavaType<Object>) (JavaType<?>) StringJavaType.INSTANCE;
        }

        @Override
        @SuppressWarnings("unchecked")
        public JavaType<Object> getRelationalJavaType() {
            return (JavaType<Object>) (JavaType<?>) StringJavaType.INSTANCE;
        }
    }

    @Override
    public TypeConfiguration getTypeConfiguration() {
        return typeConfiguration;
    }

    @Override
    public void setTypeConfiguration(TypeConfiguration configuration) {
        typeConfiguration = configuration;
    }

    @Override
    public void setParameterValues(Properties parameters) {
        CONFIGURED.add(new Configured(
                typeConfiguration != null,
                parameters.getProperty(ENTITY),
                parameters.getProperty(PROPERTY),
                (ParameterType) parameters.get(PARAMETER_TYPE),
                parameters.getProperty(NOTE)));
        parameters.setProperty(NOTE, "noted by " + parameters.getProperty(ENTITY));
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Converter getValueConverter() {
        return new Converter();
    }

    @Override
    public int getSqlType() {
        return Types.VARCHAR;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Class<Object> returnedClass() {
        return (Class) String.class;
    }

    @Override
    public boolean equals(Object one, Object other) {
        return Objects.equals(one, other);
    }

    @Override
    public int hashCode(Object value) {
        return value.hashCode();
    }

    @Override
    public Object deepCopy(Object value) {
        return value;
    }

    @Override
    public boolean isMutable() {
        return false;
    }

    @Override
    public Serializable disassemble(Object value) {
        return value == null ? null : CONVERTED + value;
    }

    @Override
    public Object assemble(Serializable cached, Object owner) {
        return getValueConverter().convertToEntityAttribute((String) cached);
    }

    @Override
    public String toLoggableString(Object value, SessionFactoryImplementor factory) {
        return LOGGABLE;
    }

    @Override
    public Object nullSafeGet(ResultSet row, int position, SharedSessionContractImplementor session, Object owner) {
        throw new AssertionError("nullSafeGet");
    }

    @Override
    public void nullSafeSet(
            PreparedStatement statement, Object value, int index, SharedSessionContractImplementor session) {
        throw new AssertionError("nullSafeSet");
    }

    @Override
    public Object nullSafeGet(ResultSet row, int position, WrapperOptions options) {
        throw new AssertionError("nullSafeGet");
    }

    @Override
    public void nullSafeSet(PreparedStatement statement, Object value, int index, WrapperOptions options) {
        throw new AssertionError("nullSafeSet");
    }
}
