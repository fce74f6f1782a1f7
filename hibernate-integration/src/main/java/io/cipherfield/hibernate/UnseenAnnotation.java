package io.cipherfield.hibernate;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An {@code @Encrypted} that Hibernate never looked at, on an interface's getter, or on a field where the entity is mapped by its getters.
 * Nothing fails then; the attribute is stored in clear.
 */
final class UnseenAnnotation {

    private UnseenAnnotation() {}

    /** @param encrypted the names of those attributes of the class that are encrypted */
    static void refuse(Class<?> mapped, Set<String> encrypted) {
        for (Class<?> type : hierarchy(mapped)) {
            for (Field field : type.getDeclaredFields()) {
                refuse(type, field, field, field.getName(), encrypted);
            }
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isBridge()) {
                    refuse(type, method, method, AnnotatedMember.attributeName(method), encrypted);
                }
            }
        }
    }

    /** Its superclasses, and its interfaces too, whose annotations Hibernate never reads. */
    private static Set<Class<?>> hierarchy(Class<?> mapped) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> type = mapped; type != null && type != Object.class; type = type.getSuperclass()) {
            types.add(type);
            for (Class<?> implemented : type.getInterfaces()) {
                types.addAll(hierarchy(implemented));
            }
        }
        return types;
    }

    private static void refuse(
            Class<?> type, AnnotatedElement element, Member member, String attribute, Set<String> encrypted) {
        if (!element.isAnnotationPresent(Encrypted.class)
                || encrypted.contains(attribute)
                || Modifier.isTransient(member.getModifiers())
                || element.isAnnotationPresent(jakarta.persistence.Transient.class)) {
            return;
        }
        AttributeRules.check(type.getName() + "." + attribute, element.getAnnotations());
        throw Refusal.of(
                type.getName() + "." + attribute,
                "Hibernate does not see the annotation on " + member.getName()
                        + ", or maps it as something that @Encrypted does not apply to, and would store it in clear",
                "Put @Encrypted on the field if the entity's @Id is on a field, and on the getter if it is on a getter;"
                        + " on an embedded object or an association put it on the attributes of that class;"
                        + " where a converter with autoApply takes the attribute, keep it away by @Convert(disableConversion = true).");
    }
}
