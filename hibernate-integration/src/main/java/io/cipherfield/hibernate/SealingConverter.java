package io.cipherfield.hibernate;

import jakarta.persistence.AttributeConverter;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.spi.TypeConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts a value into a {@link Sealed} and back. It is both things that Hibernate wants of a user type's converter: a
 * BasicValueConverter on 6.6, an AttributeConverter on 7.
 */
final class SealingConverter implements AttributeConverter<Object, Sealed>, BasicValueConverter<Object, Object> {

    private final EncryptedAttribute attribute;
    private final TypeConfiguration typeConfiguration;

    SealingConverter(EncryptedAttribute attribute, TypeConfiguration typeConfiguration) {
        this.attribute = attribute;
        this.typeConfiguration = typeConfiguration;
    }

    @Override
    public @Nullable Sealed convertToDatabaseColumn(@Nullable Object value) {
        return value == null ? null : attribute.seal(value);
    }

    @Override
    public @Nullable Object convertToEntityAttribute(@Nullable Sealed sealed) {
        return sealed == null ? null : attribute.open(sealed);
    }

    @Override
    public @Nullable Object toDomainValue(@Nullable Object sealed) {
        return convertToEntityAttribute((Sealed) sealed);
    }

    @Override
    public @Nullable Object toRelationalValue(@Nullable Object value) {
        return convertToDatabaseColumn(value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public JavaType<Object> getDomainJavaType() {
        JsonFormat json = attribute.json();
        return json != null
                ? json.javaType()
                : (JavaType<Object>) (JavaType<?>) typeConfiguration
                        .getJavaTypeRegistry()
                        .resolveDescriptor(attribute.codec().javaType());
    }

    @Override
    @SuppressWarnings("unchecked")
    public JavaType<Object> getRelationalJavaType() {
        return (JavaType<Object>) (JavaType<?>) SealedJavaType.INSTANCE;
    }
}
