package io.cipherfield.hibernate;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A field, record component or pair of getter and setter, which a mapper may write and read.
 *
 * @param name with the class that declares it
 * @param type without the type variables that the holder's type, or a subclass, says
 */
record JsonMember(String name, Type type, List<AnnotatedElement> elements) {

    /** Without what is static, transient or ignored; with the elements of a collection that the class extends. */
    static List<JsonMember> of(Type holder) {
        DeclaredType variables = DeclaredType.within(holder);
        List<JsonMember> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Class<?> type = JsonFormat.raw(holder); type != null; type = type.getSuperclass()) {
            if (JsonTypes.isOfPlatform(type)) {
                break;
            }
            for (Field field : type.getDeclaredFields()) {
                boolean skipped = Modifier.isStatic(field.getModifiers())
                        || Modifier.isTransient(field.getModifiers())
                        || field.isSynthetic();
                names.add(field.getName());
                if (!skipped) {
                    add(members, type, field.getName(), variables.resolve(field.getGenericType()), field);
                }
            }
            if (type.getGenericSuperclass() instanceof ParameterizedType collection
                    && JsonTypes.isOfPlatform(type.getSuperclass())) {
                String name = type.getSimpleName() + " extends "
                        + type.getSuperclass().getSimpleName();
                members.add(new JsonMember(name, variables.resolve(collection), List.of()));
            }
            for (Method getter : type.getDeclaredMethods()) {
                String name = property(getter);
                if (!names.contains(name) && !accessors(type, name, "set").isEmpty()) {
                    add(members, type, name, variables.resolve(getter.getGenericReturnType()), getter);
                }
            }
        }
        return members;
    }

    /** Whether what is said of the member, at any of its places, is such. */
    boolean is(Predicate<AnnotatedElement> such) {
        return elements.stream().anyMatch(such);
    }

    private static void add(List<JsonMember> members, Class<?> holder, String name, Type type, AnnotatedElement own) {
        List<AnnotatedElement> elements = new ArrayList<>(List.of(own));
        for (String prefix : List.of("get", "is", "set", "")) {
            elements.addAll(accessors(holder, name, prefix));
        }
        JsonMember member = new JsonMember(holder.getSimpleName() + "." + name, type, elements);
        if (!member.is(MapperAnnotations::isIgnored)) {
            members.add(member);
        }
    }

    private static List<Method> accessors(Class<?> holder, String property, String prefix) {
        List<Method> found = new ArrayList<>();
        String name = prefix.isEmpty() || property.isEmpty()
                ? property
                : prefix + Character.toUpperCase(property.charAt(0)) + property.substring(1);
        for (Method method : holder.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == (prefix.equals("set") ? 1 : 0)) {
                found.add(method);
            }
        }
        return found;
    }

    /** Empty if the method is no getter. */
    private static String property(Method method) {
        String name = method.getName();
        boolean isGetter = name.startsWith("get")
                && name.length() > 3
                && method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic();
        return isGetter ? Character.toLowerCase(name.charAt(3)) + name.substring(4) : "";
    }
}
