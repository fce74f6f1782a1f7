package io.cipherfield.hibernate;

import io.cipherfield.hibernate.internal.version.ExplicitType;
import org.hibernate.mapping.BasicValue;
import org.hibernate.type.CustomType;
import org.hibernate.type.descriptor.java.JavaType;

/** What Hibernate makes of an {@link EncryptedUserType}, with a Java type that refuses a wrong argument without printing it. */
final class EncryptedBasicType extends CustomType<Object> {

    private static final long serialVersionUID = 1L;

    private final transient EncryptedJavaType javaType;

    private EncryptedBasicType(EncryptedUserType type) {
        super(type, type.getTypeConfiguration());
        javaType = new EncryptedJavaType(type);
    }

    static void give(BasicValue value) {
        if (value.resolve().getLegacyResolvedBasicType() instanceof CustomType<?> type
                && !(type instanceof EncryptedBasicType)
                && type.getUserType() instanceof EncryptedUserType encrypted) {
            ExplicitType.give(value, new EncryptedBasicType(encrypted));
        }
    }

    @Override
    public JavaType<Object> getMappedJavaType() {
        return javaType;
    }

    @Override
    public JavaType<Object> getExpressibleJavaType() {
        return javaType;
    }

    @Override
    public JavaType<Object> getJavaTypeDescriptor() {
        return javaType;
    }
}
