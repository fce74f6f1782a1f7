package io.cipherfield.hibernate;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a JSON mapper is told by annotations, also by those that annotations carry. By name, since the mapper need not be there. */
final class MapperAnnotations {

    private static final String TYPE_INFO = "com.fasterxml.jackson.annotation.JsonTypeInfo";
    private static final String SUBTYPES = "com.fasterxml.jackson.annotation.JsonSubTypes";
    private static final Set<String> IGNORED =
            Set.of("com.fasterxml.jackson.annotation.JsonIgnore", "jakarta.json.bind.annotation.JsonbTransient");
    private static final Set<String> OWN_READER = Set.of(
            "com.fasterxml.jackson.databind.annotation.JsonDeserialize",
            "tools.jackson.databind.annotation.JsonDeserialize",
            "jakarta.json.bind.annotation.JsonbTypeDeserializer",
            "jakarta.json.bind.annotation.JsonbTypeAdapter");

    private MapperAnnotations() {}

    /** The {@code use} of {@code @JsonTypeInfo}; null without one. */
    static @Nullable String typeInfo(AnnotatedElement element) {
        Annotation found = find(element, Set.of(TYPE_INFO));
        return found == null ? null : String.valueOf(value(found, "use"));
    }

    /** Whether the data says which subclass a value is of. */
    static boolean keepsSubtype(AnnotatedElement element) {
        String use = typeInfo(element);
        return use != null && !use.equals("NONE");
    }

    /** As a mapper does, by what the type's superclasses and interfaces say too. */
    static boolean keepsSubtype(Class<?> type) {
        if (keepsSubtype((AnnotatedElement) type)) {
            return true;
        }
        for (Class<?> one : type.getInterfaces()) {
            if (keepsSubtype(one)) {
                return true;
            }
        }
        return type.getSuperclass() != null && keepsSubtype(type.getSuperclass());
    }

    /** Those of {@code @JsonSubTypes}. */
    static List<Class<?>> subtypes(AnnotatedElement element) {
        List<Class<?>> subtypes = new ArrayList<>();
        Annotation found = find(element, Set.of(SUBTYPES));
        if (found != null) {
            for (Annotation one : (Annotation[]) value(found, "value")) {
                subtypes.add((Class<?>) value(one, "value"));
            }
        }
        return subtypes;
    }

    /** {@code @JsonIgnore(false)} takes back what another annotation, or a mapper's own rule, says. */
    static boolean isIgnored(AnnotatedElement element) {
        Annotation found = find(element, IGNORED);
        return found != null
                && !(found.annotationType().getSimpleName().equals("JsonIgnore")
                        && Boolean.FALSE.equals(value(found, "value")));
    }

    static boolean hasOwnReader(AnnotatedElement element) {
        return find(element, OWN_READER) != null;
    }

    private static @Nullable Annotation find(AnnotatedElement element, Set<String> names) {
        for (Annotation annotation : element.getAnnotations()) {
            if (names.contains(annotation.annotationType().getName())) {
                return annotation;
            }
            for (Annotation meta : annotation.annotationType().getAnnotations()) {
                if (names.contains(meta.annotationType().getName())) {
                    return meta;
                }
            }
        }
        return null;
    }

    private static Object value(Annotation annotation, String name) {
        try {
            return annotation.annotationType().getMethod(name).invoke(annotation);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
