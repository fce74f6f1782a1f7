package io.cipherfield.hibernate;

import io.cipherfield.hibernate.internal.version.UserTypeOf7;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.CustomType;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.spi.TypeConfiguration;
import org.hibernate.type.spi.TypeConfigurationAware;
import org.hibernate.usertype.DynamicParameterizedType;
import org.hibernate.usertype.EnhancedUserType;
import org.hibernate.usertype.LoggableUserType;
import org.jspecify.annotations.Nullable;

/**
 * The Hibernate type behind {@link Encrypted}, one instance for each mapped attribute; not for use by itself. Hibernate makes it; {@link #attribute()} tells
 * tools what it encrypts. Safe for use by many threads once Hibernate has configured it.
 *
 * <p>It is a {@code UserType<Object>}, since of a typed one the newest Hibernate runs the interface's own {@code nullSafeSet}, which
 * binds the plaintext.
 */
public sealed class EncryptedUserType
        implements EnhancedUserType<Object>,
                DynamicParameterizedType,
                TypeConfigurationAware,
                LoggableUserType,
                UserTypeOf7
        permits EncryptedKeyType {

    private @Nullable TypeConfiguration typeConfiguration;
    private @Nullable EncryptedAttribute attribute;
    private @Nullable AttributeValues values;
    private @Nullable SealingConverter converter;

    /** For Hibernate. */
    public EncryptedUserType() {}

    /**
     * What this type encrypts and how.
     *
     * @throws IllegalStateException before Hibernate has configured the type
     */
    public EncryptedAttribute attribute() {
        return configured(attribute);
    }

    /** What a column's type encrypts, or null if it is not encrypted. */
    public static @Nullable EncryptedAttribute attributeOf(@Nullable JdbcMapping type) {
        return type instanceof CustomType<?> custom && custom.getUserType() instanceof EncryptedUserType encrypted
                ? encrypted.attribute()
                : null;
    }

    @Override
    public TypeConfiguration getTypeConfiguration() {
        return configured(typeConfiguration);
    }

    @Override
    public void setTypeConfiguration(TypeConfiguration newTypeConfiguration) {
        this.typeConfiguration = newTypeConfiguration;
    }

    /** Runs behind {@link #setTypeConfiguration}, when the attribute is mapped. */
    @Override
    public void setParameterValues(Properties parameters) {
        EncryptedAttribute configured = create(parameters, getTypeConfiguration());
        attribute = configured;
        values = new AttributeValues(configured);
        converter = new SealingConverter(configured, getTypeConfiguration());
    }

    EncryptedAttribute create(Properties parameters, TypeConfiguration configuration) {
        return AttributeFactory.create(parameters, configuration);
    }

    @Override
    public SealingConverter getValueConverter() {
        return configured(converter);
    }

    @Override
    public int getSqlType() {
        return jdbcType().getDefaultSqlTypeCode();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<Object> returnedClass() {
        return attribute().codec().javaType();
    }

    @Override
    public boolean equals(@Nullable Object one, @Nullable Object other) {
        return configured(values).equal(one, other);
    }

    @Override
    public int hashCode(Object value) {
        return configured(values).hash(value);
    }

    @Override
    public @Nullable Object deepCopy(@Nullable Object value) {
        return configured(values).copy(value);
    }

    @Override
    public boolean isMutable() {
        return configured(values).isMutable();
    }

    /** What second-level and query caches hold: ciphertext, whatever the database gets. */
    @Override
    public @Nullable Serializable disassemble(@Nullable Object value) {
        return value == null ? null : new Sealed(attribute().encrypt(value));
    }

    @Override
    public @Nullable Object assemble(@Nullable Serializable cached, @Nullable Object owner) {
        return getValueConverter().convertToEntityAttribute((Sealed) cached);
    }

    @Override
    public String toLoggableString(@Nullable Object value, SessionFactoryImplementor factory) {
        return value == null ? "null" : Sealed.MASK;
    }

    @Override
    public String toString(@Nullable Object value) {
        return value == null ? "null" : Sealed.MASK;
    }

    @Override
    public Object fromStringValue(CharSequence text) {
        throw attribute().error("cannot be read from a string");
    }

    @Override
    public String toSqlLiteral(Object value) {
        throw attribute().error("cannot be written as an SQL literal of its plaintext");
    }

    @Override
    public @Nullable Object nullSafeGet(
            ResultSet row, int position, SharedSessionContractImplementor session, @Nullable Object owner)
            throws SQLException {
        return nullSafeGet(row, position, session);
    }

    @Override
    public void nullSafeSet(
            PreparedStatement statement, @Nullable Object value, int index, SharedSessionContractImplementor session)
            throws SQLException {
        nullSafeSet(statement, value, index, (WrapperOptions) session);
    }

    @Override
    public @Nullable Object nullSafeGet(ResultSet row, int position, WrapperOptions options) throws SQLException {
        return getValueConverter()
                .convertToEntityAttribute(
                        jdbcType().getExtractor(SealedJavaType.INSTANCE).extract(row, position, options));
    }

    @Override
    public void nullSafeSet(PreparedStatement statement, @Nullable Object value, int index, WrapperOptions options)
            throws SQLException {
        jdbcType()
                .getBinder(SealedJavaType.INSTANCE)
                .bind(statement, getValueConverter().convertToDatabaseColumn(value), index, options);
    }

    private SealedJdbcType jdbcType() {
        return SealedJdbcType.of(attribute().storage(), attribute().javaType());
    }

    private static <T> T configured(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException(
                    "Hibernate has not configured this type: use @Encrypted, not the type by itself.");
        }
        return part;
    }
}
