package io.cipherfield.hibernate;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.mapping.BasicValue;

/**
 * An {@code @Encrypted} inside an object that is stored as one value: as a JSON document, serialised, or by a converter. Hibernate never
 * looks into the object's class then, and would store all of it in clear.
 */
final class StoredWhole {

    private final String attribute;
    private final Set<Type> seen = new HashSet<>();

    private StoredWhole(String attribute) {
        this.attribute = attribute;
    }

    /** @param attribute the attribute that holds the object, as an error names it */
    static void refuse(String attribute, BasicValue value) {
        new StoredWhole(attribute).look(value.resolve().getDomainJavaType().getJavaType());
    }

    private void look(Type type) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof Class<?> one) {
            look(one);
        } else if (type instanceof ParameterizedType parameterized) {
            look(parameterized.getRawType());
            looks(parameterized.getActualTypeArguments());
        } else if (type instanceof GenericArrayType array) {
            look(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            looks(wildcard.getUpperBounds());
        }
    }

    private void looks(Type[] types) {
        for (Type type : types) {
            look(type);
        }
    }

    private void look(Class<?> type) {
        if (type.isArray()) {
            look((Type) type.getComponentType());
        } else if (!type.isPrimitive() && !type.getName().startsWith("java.")) {
            for (Field field : type.getDeclaredFields()) {
                check(type, field.getName(), field.isAnnotationPresent(Encrypted.class));
                if (!Modifier.isStatic(field.getModifiers())) {
                    look(field.getGenericType());
                }
            }
            for (Method method : type.getDeclaredMethods()) {
                check(type, method.getName(), method.isAnnotationPresent(Encrypted.class));
            }
            looks(type.getInterfaces());
            if (type.getSuperclass() != null) {
                look((Type) type.getSuperclass());
            }
        }
    }

    private void check(Class<?> type, String member, boolean isEncrypted) {
        if (isEncrypted) {
            throw Refusal.of(
                    type.getName() + "." + member,
                    attribute + " stores objects of its class whole, as one value, and would store it in clear",
                    "Make " + type.getSimpleName()
                            + " an @Embeddable that is mapped to columns of its own, or leave @Encrypted out of it.");
        }
    }
}
