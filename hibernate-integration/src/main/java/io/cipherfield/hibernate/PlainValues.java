package io.cipherfield.hibernate;

import java.net.URL;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Comparing and copying plaintexts for dirty checking: two values are equal if they would be stored as the same plaintext. */
@SuppressWarnings("JavaUtilDate") // entities have them
final class PlainValues {

    private static final Set<Class<?>> MUTABLE = Set.of(byte[].class, char[].class, Date.class, Calendar.class);

    private PlainValues() {}

    static boolean equal(@Nullable Object one, @Nullable Object other) {
        if (one == other) {
            return true;
        }
        if (one == null || other == null) {
            return false;
        }
        if (one instanceof Date a && other instanceof Date b) {
            // A Timestamp never equals a Date, and is stored as one.
            return a.getTime() == b.getTime();
        }
        if (one instanceof Calendar a && other instanceof Calendar b) {
            // The first day of the week and the like are not stored.
            return a.getTimeInMillis() == b.getTimeInMillis()
                    && a.getTimeZone().getID().equals(b.getTimeZone().getID());
        }
        if (one instanceof URL a && other instanceof URL b) {
            // Its own equals asks the name server.
            return a.toString().equals(b.toString());
        }
        return Objects.deepEquals(one, other);
    }

    static int hash(Object value) {
        if (value instanceof byte[] bytes) {
            return Arrays.hashCode(bytes);
        }
        if (value instanceof char[] chars) {
            return Arrays.hashCode(chars);
        }
        if (value instanceof Date date) {
            return Long.hashCode(date.getTime());
        }
        if (value instanceof Calendar calendar) {
            return Long.hashCode(calendar.getTimeInMillis());
        }
        return value instanceof URL ? value.toString().hashCode() : value.hashCode();
    }

    static boolean isMutable(Class<?> javaType) {
        return MUTABLE.contains(javaType);
    }

    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof char[] chars) {
            return chars.clone();
        }
        if (value instanceof Date date) {
            return date.clone();
        }
        return value instanceof Calendar calendar ? calendar.clone() : value;
    }
}
