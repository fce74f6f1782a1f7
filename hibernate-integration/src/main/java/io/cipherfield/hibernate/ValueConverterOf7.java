package io.cipherfield.hibernate;

import jakarta.persistence.AttributeConverter;

/**
 * Carries the erasure that {@code UserType.getValueConverter()} has on Hibernate 7. Compiled against 6.6, a class that implements
 * both makes the compiler emit the bridges for both, so that one jar runs on both.
 */
interface ValueConverterOf7 {

    AttributeConverter<Object, ?> getValueConverter();
}
