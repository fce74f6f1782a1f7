package io.cipherfield.hibernate;

import io.cipherfield.value.ValueException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a subclass, where its superclass was declared: a mapper that is told the declared type leaves out the subclass's own
 * fields without a word.
 */
final class ExactClasses {

    private ExactClasses() {}

    /** @throws ValueException if the value, or what it holds as a collection or array, is of a subclass of what was declared */
    static void check(Type declared, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && declared instanceof ParameterizedType type) {
            map.values().forEach(element -> check(last(type), element));
        } else if (value instanceof Collection<?> collection && declared instanceof ParameterizedType type) {
            collection.forEach(element -> check(last(type), element));
        } else if (value instanceof Object[] array) {
            Type component = declared instanceof GenericArrayType type
                    ? type.getGenericComponentType()
                    : ((Class<?>) declared).getComponentType();
            for (Object element : array) {
                check(component, element);
            }
        } else if (value != null) {
            exact(JsonFormat.raw(declared), value.getClass());
        }
    }

    private static Type last(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    private static void exact(Class<?> declared, Class<?> actual) {
        if (declared != actual
                && !declared.isEnum()
                && !JsonTypes.isOfPlatform(declared)
                && !MapperAnnotations.keepsSubtype(declared)) {
            throw new ValueException(
                    "It has a " + actual.getName() + ", a subclass of " + declared.getName()
                            + ", whose own fields JSON would not keep. Declare that class, or copy the value into the declared one.");
        }
    }
}
