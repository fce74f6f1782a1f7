package io.cipherfield.hibernate.internal.query;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A whole number that a query names, in the type of the attribute it meets: 5 is an Integer in HQL, and also means the Long. */
final class WholeNumber {

    private WholeNumber() {}

    /** Null if the number is none, or has no such value in that type. Decimals are left alone: 5 equals 5.00, and its ciphertext does not. */
    static @Nullable Number as(Class<?> type, @Nullable Object literal) {
        if (!(literal instanceof Integer || literal instanceof Long || literal instanceof BigInteger)) {
            return null;
        }
        BigInteger value = new BigInteger(literal.toString());
        int bits = value.bitLength();
        if (type == Long.class && bits < Long.SIZE) {
            return value.longValue();
        }
        if (type == Integer.class && bits < Integer.SIZE) {
            return value.intValue();
        }
        if (type == Short.class && bits < Short.SIZE) {
            return value.shortValue();
        }
        if (type == Byte.class && bits < Byte.SIZE) {
            return value.byteValue();
        }
        return type == BigInteger.class ? value : null;
    }
}
