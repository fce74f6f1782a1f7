package io.cipherfield.hibernate;

import java.lang.annotation.Annotation;

/** What may not stand beside {@link Encrypted} on one attribute. */
final class AttributeRules {

    private AttributeRules() {}

    static void check(AttributeOptions options, Annotation[] annotations) {}

    static String alternativeTo(Class<?> javaType) {
        if (javaType == Byte[].class) {
            return "Use byte[].";
        }
        return "Use a type that can: String, byte[], a number, an enum, a java.time type.";
    }
}
