package io.cipherfield.hibernate;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attribute's type with its type arguments, as the class that maps it sees it. Hibernate tells a type of its own neither on all
 * versions, and to Envers' audit entities none.
 */
final class DeclaredType {

    private final Map<TypeVariable<?>, Type> variables = new HashMap<>();

    private DeclaredType() {}

    /**
     * @param mapped the class that declares the member, or a subclass, which says what a superclass's type variables are
     * @return the type of the values: of a mapped collection, that of its elements; null if that is not declared
     */
    static @Nullable Type of(Class<?> mapped, AnnotatedMember member) {
        Type type = within(mapped).resolve(member.type());
        Type value = member.isCollection() ? element(type) : type;
        return value instanceof TypeVariable<?> ? null : value;
    }

    /** What the type says of its own type variables and those of its superclasses. */
    static DeclaredType within(Type holder) {
        DeclaredType declared = new DeclaredType();
        Class<?> raw = JsonFormat.raw(holder);
        declared.bind(raw, holder);
        for (Class<?> type = raw; type.getSuperclass() != null; type = type.getSuperclass()) {
            declared.bind(type.getSuperclass(), type.getGenericSuperclass());
        }
        return declared;
    }

    private void bind(Class<?> type, Type generic) {
        if (generic instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                variables.put(type.getTypeParameters()[i], resolve(arguments[i]));
            }
        }
    }

    Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return variables.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(this::resolve)
                    .toArray(Type[]::new);
            return Arrays.equals(arguments, parameterized.getActualTypeArguments())
                    ? parameterized
                    : new Resolved((Class<?>) parameterized.getRawType(), parameterized.getOwnerType(), arguments);
        }
        if (type instanceof GenericArrayType array
                && resolve(array.getGenericComponentType()) instanceof Class<?> component) {
            return Array.newInstance(component, 0).getClass();
        }
        return type;
    }

    private static @Nullable Type element(Type type) {
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            Type[] arguments = parameterized.getActualTypeArguments();
            boolean known = Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw);
            return known ? arguments[arguments.length - 1] : null;
        }
        return type instanceof Class<?> array ? array.getComponentType() : null;
    }

    /** A parameterized type in which type variables were replaced. */
    private static final class Resolved implements ParameterizedType {

        private final Class<?> raw;
        private final @Nullable Type owner;
        private final Type[] arguments;

        Resolved(Class<?> raw, @Nullable Type owner, Type[] arguments) {
            this.raw = raw;
            this.owner = owner;
            this.arguments = arguments;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return owner;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType that
                    && raw.equals(that.getRawType())
                    && Arrays.equals(arguments, that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(arguments) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return raw.getName() + Arrays.toString(arguments).replace('[', '<').replace(']', '>');
        }
    }
}
