package io.cipherfield.hibernate;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import org.hibernate.SharedSessionContract;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.BasicJavaType;
import org.hibernate.type.descriptor.java.MutabilityPlan;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's view of the values of an encrypted attribute. Hibernate's own for user types lets a query's argument of another type pass
 * to where it is refused with an error that prints it; this one refuses it before, and prints none.
 */
final class EncryptedJavaType implements BasicJavaType<Object>, MutabilityPlan<Object> {

    private static final int NEAR_FRAMES = 12;

    private static final long serialVersionUID = 1L;

    private final transient EncryptedUserType type;

    EncryptedJavaType(EncryptedUserType type) {
        this.type = type;
    }

    @Override
    public Class<Object> getJavaTypeClass() {
        return type.returnedClass();
    }

    @Override
    public JdbcType getRecommendedJdbcType(JdbcTypeIndicators context) {
        return context.getJdbcType(type.getSqlType());
    }

    /** What Hibernate calls before it checks an argument. */
    @Override
    public <X> @Nullable Object coerce(@Nullable X value, @Nullable CoercionContext context) {
        return argument(value);
    }

    /** The same from Hibernate 7.2 on. */
    public @Nullable Object coerce(@Nullable Object value) {
        return argument(value);
    }

    private @Nullable Object argument(@Nullable Object value) {
        return value instanceof Collection<?> && isAskedWhetherItIsSeveral() ? value : checked(value);
    }

    /** Before it takes a collection for the values of an {@code in}, Hibernate 7 looks whether it might be a single value. */
    private static boolean isAskedWhetherItIsSeveral() {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(NEAR_FRAMES)
                        .anyMatch(frame -> frame.getMethodName().equals("multipleBinding")));
    }

    private @Nullable Object checked(@Nullable Object value) {
        if (value != null && !getJavaTypeClass().isInstance(value)) {
            throw type.attribute().wrongType(value);
        }
        return value;
    }

    @Override
    public <X> @Nullable Object wrap(@Nullable X value, WrapperOptions options) {
        return value instanceof Sealed sealed
                ? type.getValueConverter().convertToEntityAttribute(sealed)
                : checked(value);
    }

    @Override
    public <X> @Nullable X unwrap(@Nullable Object value, Class<X> wanted, WrapperOptions options) {
        return wanted.isInstance(value)
                ? wanted.cast(value)
                : SealedJavaType.INSTANCE.unwrap(
                        type.getValueConverter().convertToDatabaseColumn(value), wanted, options);
    }

    @Override
    public boolean areEqual(@Nullable Object one, @Nullable Object another) {
        return type.equals(one, another);
    }

    @Override
    public int extractHashCode(Object value) {
        return type.hashCode(value);
    }

    /** Tells equal values from others, as Hibernate's own does for user types; no order of values. */
    @Override
    public Comparator<Object> getComparator() {
        return (one, another) ->
                areEqual(one, another) ? 0 : Integer.compare(extractHashCode(one), extractHashCode(another));
    }

    @Override
    public Object fromString(CharSequence text) {
        return type.fromStringValue(text);
    }

    @Override
    public String toString(@Nullable Object value) {
        return type.toString(value);
    }

    @Override
    public MutabilityPlan<Object> getMutabilityPlan() {
        return this;
    }

    @Override
    public boolean isMutable() {
        return type.isMutable();
    }

    @Override
    public @Nullable Object deepCopy(@Nullable Object value) {
        return type.deepCopy(value);
    }

    @Override
    public @Nullable Serializable disassemble(@Nullable Object value, SharedSessionContract session) {
        return type.disassemble(value);
    }

    @Override
    public @Nullable Object assemble(@Nullable Serializable cached, SharedSessionContract session) {
        return type.assemble(cached, null);
    }
}
