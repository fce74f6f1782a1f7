package io.cipherfield.hibernate;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import org.hibernate.mapping.BasicValue;

/**
 * An {@code @Encrypted} inside an object that is stored as one value: as a JSON document, serialised, or by a converter. Hibernate never
 * looks into the object's class then, and would store all of it in clear.
 */
final class StoredWhole {

    private StoredWhole() {}

    /** @param attribute the attribute that holds the object, as an error names it */
    static void refuse(String attribute, BasicValue value) {
        for (Class<?> type :
                ReachableClasses.of(value.resolve().getDomainJavaType().getJavaType())) {
            check(attribute, type, type.getDeclaredFields());
            check(attribute, type, type.getDeclaredMethods());
        }
    }

    private static <M extends Member & AnnotatedElement> void check(String attribute, Class<?> type, M[] members) {
        for (M member : members) {
            if (member.isAnnotationPresent(Encrypted.class)) {
                throw Refusal.of(
                        type.getName() + "." + member.getName(),
                        attribute + " stores objects of its class whole, as one value, and would store it in clear",
                        "Make " + type.getSimpleName()
                                + " an @Embeddable that is mapped to columns of its own, or leave @Encrypted out of it.");
            }
        }
    }
}
