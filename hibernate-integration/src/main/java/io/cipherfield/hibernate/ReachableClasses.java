package io.cipherfield.hibernate;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The classes that an object which is stored as one value may consist of, by their declarations. */
final class ReachableClasses {

    private final Set<Type> seen = new HashSet<>();
    private final Set<Class<?>> found = new LinkedHashSet<>();

    private ReachableClasses() {}

    /** Without those of the JDK. */
    static Set<Class<?>> of(Type type) {
        ReachableClasses classes = new ReachableClasses();
        classes.look(type);
        return classes.found;
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
            found.add(type);
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    look(field.getGenericType());
                }
            }
            looks(type.getInterfaces());
            if (type.getSuperclass() != null) {
                look((Type) type.getSuperclass());
            }
        }
    }
}
