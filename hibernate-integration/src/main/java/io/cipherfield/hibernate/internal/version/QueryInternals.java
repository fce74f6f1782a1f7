package io.cipherfield.hibernate.internal.version;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.hibernate.Version;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.query.spi.QueryParameterBinding;
import org.hibernate.query.sqm.spi.SqmCreationContext;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/** What a statement's execution needs of Hibernate, and what has another signature on 6.6 than on 7. */
public final class QueryInternals {

    private static final Method SET_BIND_VALUE = setBindValue();

    private QueryInternals() {}

    /** On Hibernate 6.6 the factory itself, on 7 one of its parts. */
    public static SqlAstCreationContext creationContext(SessionFactoryImplementor factory) {
        if ((Object) factory instanceof SqlAstCreationContext context) {
            return context;
        }
        try {
            return (SqlAstCreationContext) Objects.requireNonNull(
                    call(SessionFactoryImplementor.class.getMethod("getSqlTranslationEngine"), factory));
        } catch (NoSuchMethodException e) {
            throw unsupported(e);
        }
    }

    /** What HQL is interpreted in: on Hibernate 6.6 the factory itself, on 7 the criteria builder. */
    public static SqmCreationContext interpretationContext(SessionFactoryImplementor factory) {
        Object builder = factory.getQueryEngine().getCriteriaBuilder();
        return builder instanceof SqmCreationContext context ? context : (SqmCreationContext) (Object) factory;
    }

    /** {@code binding.setBindValue(value, type)}; the type's interface has another package on 6.6 than on 7. */
    public static void bind(QueryParameterBinding<?> binding, @Nullable Object value, JdbcMapping type) {
        call(SET_BIND_VALUE, binding, value, type);
    }

    private static Method setBindValue() {
        return Arrays.stream(QueryParameterBinding.class.getMethods())
                .filter(method -> method.getName().equals("setBindValue")
                        && method.getParameterCount() == 2
                        && method.getParameterTypes()[1].isAssignableFrom(CustomType.class))
                .findFirst()
                .orElseThrow(() -> unsupported(null));
    }

    private static @Nullable Object call(Method method, Object target, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw unsupported(e);
        }
    }

    private static IllegalStateException unsupported(@Nullable Exception cause) {
        return new IllegalStateException("Hibernate " + Version.getVersionString() + " is not supported", cause);
    }
}
