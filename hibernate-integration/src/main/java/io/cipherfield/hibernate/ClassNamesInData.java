package io.cipherfield.hibernate;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.Set;

/** Jackson's {@code @JsonTypeInfo} by which the data names the classes that are to be loaded. Jackson itself need not be there. */
final class ClassNamesInData {

    private static final String TYPE_INFO = "com.fasterxml.jackson.annotation.JsonTypeInfo";
    private static final Set<String> BY_CLASS_NAME = Set.of("CLASS", "MINIMAL_CLASS");

    private ClassNamesInData() {}

    static void refuse(AttributeOptions attribute, Type type) {
        for (Class<?> one : ReachableClasses.of(type)) {
            refuse(attribute, one, one);
            refuse(attribute, one, one.getDeclaredFields());
            refuse(attribute, one, one.getDeclaredMethods());
            refuse(attribute, one, one.getDeclaredConstructors());
        }
    }

    private static void refuse(AttributeOptions attribute, Class<?> type, AnnotatedElement... elements) {
        for (AnnotatedElement element : elements) {
            for (Annotation annotation : element.getAnnotations()) {
                if (annotation.annotationType().getName().equals(TYPE_INFO)
                        && BY_CLASS_NAME.contains(use(annotation))) {
                    throw Refusal.of(
                            attribute,
                            type.getName()
                                    + " has @JsonTypeInfo by class name, so that the data would name classes to be loaded",
                            "Use @JsonTypeInfo(use = NAME) with @JsonSubTypes, or concrete classes.");
                }
            }
        }
    }

    private static String use(Annotation annotation) {
        try {
            return String.valueOf(annotation.annotationType().getMethod("use").invoke(annotation));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
