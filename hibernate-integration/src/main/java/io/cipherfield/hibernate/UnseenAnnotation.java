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

    /**
     * @param encrypted the names of those attributes of the class that are encrypted
     * @param keys the names of those maps of the class whose keys are
     */
    static void refuse(Class<?> mapped, Set<String> encrypted, Set<String> keys) {
        for (Class<?> type : hierarchy(mapped)) {
            for (Field field : type.getDeclaredFields()) {
                refuse(type, field, field, field.getName(), encrypted);
                refuseKey(type, field, field, field.getName(), keys);
            }
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isBridge()) {
                    refuse(type, method, method, AnnotatedMember.attributeName(method), encrypted);
                    refuseKey(type, method, method, AnnotatedMember.attributeName(method), keys);
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
                || isTransient(element, member)) {
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

    private static void refuseKey(
            Class<?> type, AnnotatedElement element, Member member, String attribute, Set<String> keys) {
        if (!element.isAnnotationPresent(EncryptedKey.class)
                || keys.contains(attribute)
                || isTransient(element, member)) {
            return;
        }
        AttributeRules.checkKey(type.getName() + "." + attribute + " (key)", element.getAnnotations());
        throw Refusal.of(
                type.getName() + "." + attribute + " (key)",
                "it is not a map whose keys have one column of their own, or Hibernate does not see the annotation on "
                        + member.getName() + ": the keys, if there are any, would be stored in clear",
                "Put @EncryptedKey on a java.util.Map of basic keys, on the field if the entity's @Id is on a field, and on the"
                        + " getter if it is on a getter; if the key is an embeddable, put @Encrypted(deterministic = true) on that"
                        + " class's attributes; if it is an entity, on that entity's.");
    }

    private static boolean isTransient(AnnotatedElement element, Member member) {
        return Modifier.isTransient(member.getModifiers())
                || element.isAnnotationPresent(jakarta.persistence.Transient.class);
    }
}
