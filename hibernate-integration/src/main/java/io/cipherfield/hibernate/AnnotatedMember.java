package io.cipherfield.hibernate;

import jakarta.persistence.ElementCollection;
import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The field or getter that carries an attribute's annotation. Hibernate tells a type the entity, also where a superclass declares
 * the attribute, and on some versions the getter's name in place of the attribute's.
 */
record AnnotatedMember(Class<?> declaringClass, String attributeName, AnnotatedElement element) {

    /** Searches {@code from} and its superclasses, the most derived first. */
    static @Nullable AnnotatedMember find(Class<?> from, String property, Class<? extends Annotation> annotation) {
        for (Class<?> type = from; type != null && type != Object.class; type = type.getSuperclass()) {
            Field field = field(type, property);
            if (field != null && field.isAnnotationPresent(annotation)) {
                return new AnnotatedMember(type, property, field);
            }
            for (Method method : type.getDeclaredMethods()) {
                String name = attributeName(method);
                if ((name.equals(property) || method.getName().equals(property))
                        && !method.isBridge()
                        && method.isAnnotationPresent(annotation)) {
                    return new AnnotatedMember(type, name, method);
                }
            }
        }
        return null;
    }

    /** As it is declared, perhaps by type variables of the declaring class. */
    Type type() {
        return element instanceof Field field ? field.getGenericType() : ((Method) element).getGenericReturnType();
    }

    /** Whether its elements are mapped, each for itself. */
    boolean isCollection() {
        return element.isAnnotationPresent(ElementCollection.class);
    }

    /** By name: the runtime copies each field that a list of all of them has, for each attribute again. */
    private static @Nullable Field field(Class<?> type, String name) {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    static String attributeName(Method getter) {
        String name = getter.getName();
        if (name.startsWith("get") && name.length() > 3) {
            return Introspector.decapitalize(name.substring(3));
        }
        return name.startsWith("is") && name.length() > 2 ? Introspector.decapitalize(name.substring(2)) : name;
    }
}
