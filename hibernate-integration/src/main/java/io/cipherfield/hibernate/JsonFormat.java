package io.cipherfield.hibernate;

import io.cipherfield.DecryptionException;
import io.cipherfield.value.ValueException;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.hibernate.HibernateException;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.descriptor.java.ImmutableMutabilityPlan;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.java.spi.UnknownBasicJavaType;
import org.hibernate.type.format.FormatMapper;
import org.hibernate.type.spi.TypeConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type as JSON, by the FormatMapper of the SessionFactory, hence by the application's Jackson or JSON-B. What a mapper
 * throws gets out neither as a message nor as a cause: mappers show the text that they failed on. Safe for use by many threads.
 */
final class JsonFormat {

    private static final String NULL = "null";

    private final JavaType<Object> javaType;
    private final Class<Object> raw;
    private final boolean mutable;
    private final TypeConfiguration typeConfiguration;
    private volatile @Nullable FormatMapper mapper;

    @SuppressWarnings("unchecked")
    JsonFormat(Type type, TypeConfiguration typeConfiguration) {
        // For the mapper alone, so it is not registered anywhere.
        this.javaType = new UnknownBasicJavaType<>(type, ImmutableMutabilityPlan.instance());
        this.raw = (Class<Object>) raw(type);
        this.mutable = !JsonTypes.isImmutable(type);
        this.typeConfiguration = typeConfiguration;
    }

    /** Null if the application has none. */
    static @Nullable FormatMapper mapper(SessionFactoryOptions options) {
        try {
            return options.getJsonFormatMapper();
        } catch (HibernateException none) {
            // What 7 does in place of returning null.
            return null;
        }
    }

    JavaType<Object> javaType() {
        return javaType;
    }

    Class<Object> raw() {
        return raw;
    }

    /** Whether values of the type may change in place. */
    boolean isMutable() {
        return mutable;
    }

    /** @throws ValueException if the mapper cannot write the value */
    String write(Object value) {
        ExactClasses.check(javaType.getJavaType(), value);
        SessionFactoryImplementor factory = typeConfiguration.getSessionFactory();
        String json;
        try {
            json = mapper(factory).toString(value, javaType, factory.getWrapperOptions());
        } catch (RuntimeException e) {
            throw new ValueException("The JSON mapper could not write " + type() + " (" + reason(e)
                    + "). For java.time, Jackson 2 wants the module jackson-datatype-jsr310.");
        }
        if (json == null || json.equals(NULL)) {
            throw new ValueException("The JSON mapper wrote null in place of " + type() + ".");
        }
        return json;
    }

    /** @throws DecryptionException with reason MALFORMED_VALUE if the text is no such value */
    Object read(String json) {
        SessionFactoryImplementor factory = typeConfiguration.getSessionFactory();
        Object value;
        try {
            value = mapper(factory).fromString(json, javaType, factory.getWrapperOptions());
        } catch (RuntimeException e) {
            throw malformed("the JSON mapper could not read it (" + reason(e) + ")");
        }
        if (!raw.isInstance(value)) {
            throw malformed("the JSON mapper made something else of it");
        }
        return value;
    }

    private DecryptionException malformed(String why) {
        return new DecryptionException(
                DecryptionException.Reason.MALFORMED_VALUE,
                null,
                "Its JSON does not fit " + type() + ": " + why
                        + ". Either it is damaged, or the class or the mapper's settings were changed since it was written.");
    }

    private String type() {
        return javaType.getJavaType().getTypeName();
    }

    private FormatMapper mapper(SessionFactoryImplementor factory) {
        FormatMapper current = mapper;
        if (current == null) {
            current = mapper(factory.getSessionFactoryOptions());
            if (current == null) {
                throw new IllegalStateException("The SessionFactory started without a FormatMapper for JSON.");
            }
            mapper = current;
        }
        return current;
    }

    /** The names of exceptions tell what went wrong, and their messages what the value is. */
    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getName();
    }

    static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        return type instanceof GenericArrayType array
                ? Array.newInstance(raw(array.getGenericComponentType()), 0).getClass()
                : (Class<?>) type;
    }
}
