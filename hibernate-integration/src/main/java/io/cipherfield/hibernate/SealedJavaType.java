package io.cipherfield.hibernate;

import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractClassJavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.jspecify.annotations.Nullable;

/** Hibernate's view of {@link Sealed}: a Java type that prints a mask and converts to nothing but its stored form. */
final class SealedJavaType extends AbstractClassJavaType<Sealed> {

    static final SealedJavaType INSTANCE = new SealedJavaType();

    private static final long serialVersionUID = 1L;

    private SealedJavaType() {
        super(Sealed.class);
    }

    @Override
    public JdbcType getRecommendedJdbcType(JdbcTypeIndicators indicators) {
        return SealedJdbcType.of(Storage.BINARY, byte[].class);
    }

    @Override
    public String toString(Sealed value) {
        return Sealed.MASK;
    }

    @Override
    public String extractLoggableRepresentation(@Nullable Sealed value) {
        return value == null ? "null" : Sealed.MASK;
    }

    @Override
    public Sealed fromString(CharSequence text) {
        throw new EncryptedAttributeException("An encrypted value cannot be parsed from a string.");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <X> @Nullable X unwrap(@Nullable Sealed value, Class<X> type, WrapperOptions options) {
        if (value == null) {
            return null;
        }
        if (type.isInstance(value)) {
            return (X) value;
        }
        if (type.isInstance(value.stored())) {
            return (X) value.stored();
        }
        throw new EncryptedAttributeException("A ciphertext cannot be converted to " + type.getName() + ".");
    }

    @Override
    public <X> @Nullable Sealed wrap(@Nullable X value, WrapperOptions options) {
        if (value == null || value instanceof Sealed) {
            return (Sealed) value;
        }
        if (value instanceof byte[] || value instanceof String) {
            return new Sealed(value);
        }
        throw new EncryptedAttributeException(
                "A value of " + value.getClass().getName() + " cannot be taken for a ciphertext.");
    }
}
