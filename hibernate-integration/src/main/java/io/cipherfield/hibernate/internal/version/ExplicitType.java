package io.cipherfield.hibernate.internal.version;

import org.hibernate.boot.model.process.internal.UserTypeResolution;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Selectable;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/**
 * Gives a mapped value another type than the one that Hibernate made of its user type: a value takes the type of another one, and
 * this is such another one. Before the SessionFactory makes its model of the mapping, which keeps the types.
 */
public final class ExplicitType extends BasicValue {

    private static final long serialVersionUID = 1L;

    private final transient CustomType<?> type;

    private ExplicitType(BasicValue value, CustomType<?> type) {
        super(value);
        this.type = type;
    }

    public static void give(BasicValue value, CustomType<?> type) {
        ExplicitType source = new ExplicitType(value, type);
        source.resolve();
        value.copyTypeFrom(source);
    }

    @Override
    protected Resolution<?> buildResolution() {
        return new UserTypeResolution<>(type, null, getTypeParameters());
    }

    /** None: the column is declared already. */
    @Override
    public @Nullable Selectable getColumn() {
        return null;
    }
}
