package io.cipherfield.hibernate;

import io.cipherfield.value.ValueCodecs;
import jakarta.persistence.Entity;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;

/** The types that can be stored as JSON: those that a mapper reads back as what they were, without the data naming a class. */
final class JsonTypes {

    private static final Set<Class<?>> COLLECTIONS = Set.of(Collection.class, List.class, Set.class, Map.class);

    /** Not concrete, and yet written by a mapper as one string that it reads again. */
    private static final Set<Class<?>> STRINGS = Set.of(TimeZone.class, Charset.class, Path.class);

    /** As many different forms of one generic class as may hold each other: more come of a class that holds ever longer forms of itself. */
    private static final int MOST_FORMS_WITHIN_EACH_OTHER = 20;

    private final AttributeOptions attribute;
    private final Set<Type> seen = new HashSet<>();
    private final Map<Class<?>, Integer> holders = new HashMap<>();
    /** The member whose type is looked at; empty for the attribute itself. */
    private String member = "";

    private JsonTypes(AttributeOptions attribute) {
        this.attribute = attribute;
    }

    /** @throws io.cipherfield.ConfigurationException if values of the type cannot be stored as JSON */
    static void check(AttributeOptions attribute, Type type) {
        new JsonTypes(attribute).look(type);
        ClassNamesInData.refuse(attribute, type);
    }

    /** Whether no value of the type can change, so that it needs no copy. Records that hold each other count as mutable. */
    static boolean isImmutable(Type type) {
        return isImmutable(type, Set.of());
    }

    private static boolean isImmutable(Type type, Set<Class<?>> around) {
        if (!(type instanceof Class<?> one) || around.contains(one)) {
            return false;
        }
        if (!one.isRecord()) {
            return isScalar(one) && !PlainValues.isMutable(one);
        }
        Set<Class<?>> within = new HashSet<>(around);
        within.add(one);
        return Arrays.stream(one.getRecordComponents())
                .allMatch(component -> isImmutable(component.getGenericType(), within));
    }

    /** What a mapper makes one JSON string, number or boolean of. */
    private static boolean isScalar(Class<?> type) {
        return ValueCodecs.find(type) != null || type == URI.class;
    }

    private void look(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            generic(parameterized);
        } else if (type instanceof GenericArrayType array) {
            look(array.getGenericComponentType());
        } else if (type instanceof Class<?> one) {
            look(one);
        } else {
            throw refuse(
                    type,
                    "is not known when the application starts",
                    "Name the class itself: List<Address> in place of List<? extends Address> or List<T>"
                            + " (in Kotlin MutableList<Address>).");
        }
    }

    private void generic(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        concrete(raw);
        Type[] arguments = type.getActualTypeArguments();
        if (Map.class.isAssignableFrom(raw)
                && !(arguments[0] instanceof Class<?> key && isScalar(key) && !key.isArray())) {
            throw refuse(
                    arguments[0],
                    "cannot be the names of a JSON object, which a map's keys become",
                    "Give the map keys of String, a number, a date, a UUID or an enum, or use a List of records.");
        }
        for (Type argument : arguments) {
            look(argument);
        }
        members(type, raw);
    }

    private void members(Type holder, Class<?> raw) {
        if (isOfPlatform(raw) || isOfMapper(raw) || MapperAnnotations.hasOwnReader(raw) || !seen.add(holder)) {
            return;
        }
        String outer = member;
        if (holders.merge(raw, 1, Integer::sum) > MOST_FORMS_WITHIN_EACH_OTHER) {
            throw refuse(
                    raw,
                    "hold other forms of themselves without end, each with a longer type than the one before",
                    "Let the class hold itself with the same type argument (A<T> in A<T>), or a class of its own.");
        }
        subtypes(raw);
        for (JsonMember one : JsonMember.of(holder)) {
            member = one.name();
            if (one.is(MapperAnnotations::keepsSubtype)) {
                one.elements().forEach(this::subtypes);
            } else if (!one.is(MapperAnnotations::hasOwnReader)) {
                look(one.type());
            }
        }
        member = outer;
        holders.merge(raw, -1, Integer::sum);
    }

    private void subtypes(AnnotatedElement element) {
        for (Class<?> subtype : MapperAnnotations.subtypes(element)) {
            members(subtype, subtype);
            ClassNamesInData.refuse(attribute, subtype);
        }
    }

    private void look(Class<?> type) {
        if (type.isArray() && type != Byte[].class && type != Character[].class) {
            look(type.getComponentType());
        } else if (type.getTypeParameters().length > 0) {
            concrete(type);
            throw refuse(
                    type,
                    "does not say what it holds",
                    "Say it, by a concrete class: List<String>, Map<String, Address>.");
        } else if (!isScalar(type)) {
            concrete(type);
            members(type, type);
        }
    }

    private void concrete(Class<?> type) {
        if (COLLECTIONS.contains(type) || (!member.isEmpty() && isKept(type))) {
            return;
        }
        boolean isAbstract = Modifier.isAbstract(type.getModifiers()) && !type.isArray();
        String alternative = AttributeRules.alternativeTo(type);
        if (alternative != null) {
            throw refuse(type, "cannot be encrypted", alternative);
        }
        if (type.isAnnotationPresent(Entity.class)) {
            throw refuse(
                    type,
                    "are entities, which have rows of their own",
                    "Map an association, by @ManyToOne say, and encrypt the attributes of that entity.");
        }
        if (type == Object.class || (isAbstract && !MapperAnnotations.keepsSubtype(type))) {
            throw refuse(
                    type,
                    "could be of any class, which the data would have to name: " + type.getSimpleName() + " is "
                            + (type.isInterface() ? "an interface" : type == Object.class ? "no type" : "abstract"),
                    "Name the concrete class or record, or List, Set, Map or Collection of one"
                            + (member.isEmpty()
                                    ? "."
                                    : ", or tell the mapper to leave it out, by @JsonIgnore or transient."));
        }
        if (isOfPlatform(type) && !isCollection(type)) {
            throw refuse(type, "cannot be encrypted", AttributeRules.SUPPORTED);
        }
        if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            throw refuse(type, "exist only within an object of another class", "Make the class static.");
        }
    }

    /** A primitive type too. */
    static boolean isOfPlatform(Class<?> type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.")
                || type.getName().startsWith("javax.")
                || type.getName().startsWith("jakarta.");
    }

    /** ArrayList, TreeMap and the like. */
    private static boolean isCollection(Class<?> type) {
        return type.getPackageName().equals("java.util")
                && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type));
    }

    /** Platform types that mappers can do more with within an object than is allowed for the attribute itself. */
    private static boolean isKept(Class<?> type) {
        boolean isConcrete = !Modifier.isAbstract(type.getModifiers()) && type != Object.class;
        return isOfMapper(type) || (isOfPlatform(type) && (isConcrete || isCollection(type) || STRINGS.contains(type)));
    }

    /** JsonNode and the like. */
    private static boolean isOfMapper(Class<?> type) {
        return type.getName().startsWith("com.fasterxml.jackson.")
                || type.getName().startsWith("tools.jackson.");
    }

    private RuntimeException refuse(Type type, String reason, String alternative) {
        String where = member.isEmpty() ? "" : "in " + member + ", ";
        return Refusal.of(attribute, where + "values of " + type.getTypeName() + " " + reason, alternative);
    }
}
