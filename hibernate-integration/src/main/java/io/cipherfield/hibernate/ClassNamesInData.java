package io.cipherfield.hibernate;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.Set;

/** Jackson's {@code @JsonTypeInfo} by which the data names the classes that are to be loaded. Jackson itself need not be there. */
final class ClassNamesInData {

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
            String use = MapperAnnotations.typeInfo(element);
            if (use != null && BY_CLASS_NAME.contains(use)) {
                throw Refusal.of(
                        attribute,
                        type.getName()
                                + " has @JsonTypeInfo by class name, so that the data would name classes to be loaded",
                        "Use @JsonTypeInfo(use = NAME) with @JsonSubTypes, or concrete classes.");
            }
        }
    }
}
