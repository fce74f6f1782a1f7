package io.cipherfield.hibernate.internal.version;

import jakarta.persistence.AttributeConverter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.hibernate.type.descriptor.WrapperOptions;
import org.jspecify.annotations.Nullable;

/**
 * What {@code UserType<Object>} has on Hibernate 7 and not on 6.6, by its erasure. Compiled against 6.6, a class that implements
 * both makes the compiler emit the bridges for both, so that one jar runs on both, and what it leaves out does not compile: the
 * interface's own methods would then read and bind the column as it is.
 */
public interface UserTypeOf7 {

    AttributeConverter<Object, ?> getValueConverter();

    @Nullable
    Object nullSafeGet(ResultSet row, int position, WrapperOptions options) throws SQLException;

    void nullSafeSet(PreparedStatement statement, @Nullable Object value, int index, WrapperOptions options)
            throws SQLException;
}
